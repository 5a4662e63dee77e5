import fc from "fast-check";
import { expect, test } from "vitest";

import { EventHeap } from "./event-heap.ts";
import { isBefore, ScheduledEvent, type KernelEvent } from "./event.ts";

test("events come out by moment, then tie, then sequence, whatever the order they went in", () => {
  const moments = fc.array(fc.tuple(fc.integer({ min: 0, max: 5 }), fc.integer({ min: -3, max: 3 })), {
    maxLength: 200,
  });
  fc.assert(
    fc.property(moments, (pairs) => {
      const events = pairs.map(([at, tie], sequence) => eventOf(at, tie, sequence));
      const heap = new EventHeap();
      for (const event of events) heap.push(event);
      expect(heap.size).toBe(events.length);
      expect(drained(heap)).toEqual(events.toSorted((one, other) => (isBefore(one, other) ? -1 : 1)));
      expect(heap.size).toBe(0);
    }),
  );
});

test("events that go in between others going out keep the order", () => {
  fc.assert(
    fc.property(fc.array(fc.option(fc.integer({ min: 0, max: 50 })), { maxLength: 300 }), (steps) => {
      const heap = new EventHeap();
      const waiting: KernelEvent[] = [];
      for (const [sequence, at] of steps.entries()) {
        if (at === null) {
          waiting.sort((one, other) => (isBefore(one, other) ? -1 : 1));
          expect(heap.pop()).toBe(waiting.shift());
        } else {
          const event = eventOf(at, 0, sequence);
          heap.push(event);
          waiting.push(event);
        }
      }
    }),
  );
});

test("cancelled events are swept away when they are the most, and the others keep their order", () => {
  const heap = new EventHeap();
  const events = Array.from({ length: 1_000 }, (_, index) => scheduled((index * 7_919) % 1_000, heap));
  for (const event of events) heap.push(event);
  const left = events.filter((event) => event.at % 10 === 0);
  for (const event of events) if (!left.includes(event)) event.cancel();
  const late = scheduled(2_000, heap);
  heap.push(late);
  expect(heap.size).toBe(left.length + 1);
  expect(drained(heap)).toEqual([...left.toSorted((one, other) => one.at - other.at), late]);
});

test("cancelling twice, or what has been taken out, sweeps nothing away", () => {
  const heap = new EventHeap();
  const events = Array.from({ length: 200 }, (_, index) => scheduled(index, heap));
  for (const event of events) heap.push(event);
  for (let index = 0; index < 100; index++) {
    const event = heap.pop() as ScheduledEvent;
    event.run = undefined;
    event.cancel();
  }
  for (let times = 0; times < 100; times++) events[150]!.cancel();
  heap.push(scheduled(300, heap));
  expect(heap.size).toBe(101);
});

function scheduled(at: number, heap: EventHeap): ScheduledEvent {
  return new ScheduledEvent({ atMs: at, what: "step", run: () => undefined }, { at, tie: 0, sequence: at, heap });
}

function drained(heap: EventHeap): KernelEvent[] {
  const events: KernelEvent[] = [];
  for (let event = heap.pop(); event; event = heap.pop()) events.push(event);
  return events;
}

function eventOf(at: number, tie: number, sequence: number): KernelEvent {
  return {
    at,
    tie,
    sequence,
    realm: undefined,
    what: "",
    detail: "",
    size: 0,
    digest: 0,
    who: "",
    run: () => undefined,
  };
}
