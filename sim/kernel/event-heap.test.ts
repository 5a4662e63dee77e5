import fc from "fast-check";
import { expect, test } from "vitest";

import { EventHeap } from "./event-heap.ts";
import { isBefore, type KernelEvent } from "./event.ts";

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

function drained(heap: EventHeap): KernelEvent[] {
  const events: KernelEvent[] = [];
  for (let event = heap.pop(); event; event = heap.pop()) events.push(event);
  return events;
}

function eventOf(at: number, tie: number, sequence: number): KernelEvent {
  return { at, tie, sequence, realm: undefined, what: "", detail: "", size: 0, who: "", run: () => undefined };
}
