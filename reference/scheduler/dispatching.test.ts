import { describe, expect, it } from "vitest";

import { decodePacket, encodePacket } from "../domain/packets.ts";
import { cancelSubject, submitSubject, workerCancelSubject, workerSubject } from "../domain/subjects.ts";
import { OutcomeUnknown } from "../ports/mod.ts";
import { configOf, MemoryPlane } from "./memory-plane.test-support.ts";
import { startScheduler } from "./scheduler.ts";

const config = configOf();

/** Without any part, so that nothing but the messages moves a job. */
async function planeWithScheduler(...workers: string[]): Promise<MemoryPlane> {
  const plane = new MemoryPlane();
  await startScheduler(plane.environment("scheduler-1"), config, []);
  for (const worker of workers) await plane.beat(worker);
  return plane;
}

/** Delivers the submit message of a job once more, as the stream does after a lost acknowledgement. */
async function submitAgain(plane: MemoryPlane, job: string): Promise<void> {
  plane.bus.publish({ subject: submitSubject, body: encodePacket("submit", "gateway-1", "trace", { job_id: job }) });
  await plane.clock.advance(0);
}

describe("a new job", () => {
  it("is dispatched to a live worker, in one write, with a message id that carries the epoch", async () => {
    const plane = await planeWithScheduler("worker-1");
    await plane.submit("a");
    expect(plane.jobs.get("a")).toMatchObject({ state: "DISPATCHED", epoch: 1, worker: "worker-1", outbox: [] });
    expect(plane.jobs.changes.map(({ change }) => change.path)).toEqual([["SCHEDULED", "DISPATCHED"]]);
    const [message] = plane.bus.on(workerSubject("worker-1"));
    expect(message?.id).toBe("dispatch:a:1");
    const packet = decodePacket("dispatch", message?.body ?? "");
    expect(packet).toMatchObject({ trace_id: "trace-a", payload: { job_id: "a", epoch: 1, topic: "job.echo" } });
    expect(plane.counted("dispatchSeconds", { topic: "job.echo" })).toBe(1);
  });

  it("is written under its lock, and the lock is free again", async () => {
    const plane = await planeWithScheduler("worker-1");
    const seen: (string | undefined)[] = [];
    plane.jobs.trap = (call) => {
      if (call === "advance") seen.push(plane.held.get("cordum:scheduler:job:a")?.section);
    };
    await plane.submit("a");
    expect(seen).toEqual([plane.jobs.changes[0]?.change.section, seen[0]]);
    expect(seen[0]).toMatch(/^section-/);
    expect(plane.held.size).toBe(0);
  });

  it("is spread over the workers by their free capacity", async () => {
    const plane = await planeWithScheduler();
    await plane.beat("worker-1", { active_jobs: 3 });
    await plane.beat("worker-2", { active_jobs: 1 });
    for (const job of ["a", "b", "c", "d"]) await plane.submit(job);
    expect(plane.bus.on(workerSubject("worker-1"))).toHaveLength(1);
    expect(plane.bus.on(workerSubject("worker-2"))).toHaveLength(3);
  });

  it("goes to the topic's queue group, and to nobody by name, when every worker is full", async () => {
    const plane = await planeWithScheduler();
    await plane.beat("worker-1", { active_jobs: 4 });
    await plane.submit("a");
    expect(plane.bus.on("job.echo").map((message) => message.id)).toEqual(["dispatch:a:1"]);
    expect(plane.jobs.get("a")).toMatchObject({ state: "DISPATCHED", epoch: 1 });
    expect(plane.jobs.get("a").worker).toBeUndefined();
  });

  it("never goes to a worker that is leaving or dead", async () => {
    const plane = await planeWithScheduler("worker-1", "worker-2");
    await plane.beat("worker-1", { leaving: true });
    await plane.submit("a");
    expect(plane.jobs.get("a").worker).toBe("worker-2");
    await plane.clock.advance(config.workerTtlMs);
    await plane.submit("b");
    expect(plane.jobs.get("b").state).toBe("PENDING");
  });

  it("is dispatched once when its message comes twice", async () => {
    const plane = await planeWithScheduler("worker-1");
    await plane.submit("a");
    await submitAgain(plane, "a");
    expect(plane.jobs.get("a")).toMatchObject({ state: "DISPATCHED", epoch: 1 });
    expect(plane.bus.on(workerSubject("worker-1"))).toHaveLength(1);
  });

  it("is dispatched once when two schedulers get its message at the same time", async () => {
    const plane = new MemoryPlane();
    await startScheduler(plane.environment("scheduler-1"), config);
    await startScheduler(plane.environment("scheduler-2"), config);
    await plane.beat("worker-1");
    await plane.store("a");
    const body = encodePacket("submit", "gateway-1", "trace", { job_id: "a" });
    for (let copy = 0; copy < 4; copy++) plane.bus.publish({ subject: submitSubject, body });
    await plane.clock.advance(10_000);
    expect(plane.counted("lockWaits")).toBeGreaterThan(0);
    expect(plane.jobs.changes.filter(({ accepted }) => accepted)).toHaveLength(1);
    expect(plane.bus.on(workerSubject("worker-1"))).toHaveLength(1);
  });

  it("ends as TIMEOUT instead of being dispatched after its deadline", async () => {
    const plane = await planeWithScheduler("worker-1");
    await plane.submit("first");
    await plane.submit("late", { deadlineUnixMs: plane.jobs.storeUnixMs() });
    expect(plane.jobs.get("late")).toMatchObject({ state: "TIMEOUT", cause: "deadline", epoch: 0 });
    expect(plane.deadLetters.get("late")?.cause).toBe("deadline");
  });

  it("leaves a trace when its record is gone", async () => {
    const plane = await planeWithScheduler("worker-1");
    await submitAgain(plane, "gone");
    expect(plane.deadLetters.get("gone")?.cause).toBe("record_missing");
  });
});

describe("a new job without a worker", () => {
  it("goes back to the stream as long as the scheduler cannot know that there is none", async () => {
    const plane = await planeWithScheduler();
    await plane.submit("a");
    await plane.clock.advance(1_000);
    await plane.beat("worker-1");
    await plane.clock.advance(config.workerTtlMs / 12);
    expect(plane.jobs.get("a").state).toBe("DISPATCHED");
  });

  it("stays PENDING once the scheduler has listened for long enough, and its message is done", async () => {
    const plane = await planeWithScheduler();
    await plane.clock.advance(config.workerTtlMs / 3);
    await plane.submit("a");
    await plane.clock.advance(config.workerTtlMs);
    expect(plane.jobs.get("a")).toMatchObject({ state: "PENDING", epoch: 0 });
    expect(plane.counted("lockWaits")).toBe(0);
    expect(plane.jobs.changes).toEqual([]);
  });
});

describe("when something fails on the way", () => {
  it("a redelivered submit sends the dispatch that was stored and never sent", async () => {
    const plane = await planeWithScheduler("worker-1");
    plane.bus.trap = (_, message) => {
      if (message.subject === workerSubject("worker-1")) throw new OutcomeUnknown("the stream");
    };
    await plane.submit("a");
    expect(plane.bus.on(workerSubject("worker-1"))).toEqual([]);
    expect(plane.jobs.get("a")).toMatchObject({ state: "DISPATCHED", outbox: [expect.anything()] });
    plane.bus.trap = () => {};
    await submitAgain(plane, "a");
    expect(plane.bus.on(workerSubject("worker-1")).map((message) => message.id)).toEqual(["dispatch:a:1"]);
    expect(plane.jobs.get("a")).toMatchObject({ epoch: 1, outbox: [] });
  });

  it("a write whose answer was lost is found made, not made again", async () => {
    const plane = await planeWithScheduler("worker-1");
    let failures = 0;
    plane.jobs.trap = (call, when) => {
      if (call === "advance" && when === "after" && failures++ === 0) throw new OutcomeUnknown("Redis");
    };
    await plane.submit("a");
    await plane.clock.advance(1_000);
    expect(plane.jobs.get("a")).toMatchObject({ state: "DISPATCHED", epoch: 1, outbox: [] });
    expect(plane.bus.on(workerSubject("worker-1"))).toHaveLength(1);
  });

  it("a refused write is decided again on what the record says by then", async () => {
    const plane = await planeWithScheduler("worker-1");
    let refusals = 0;
    plane.jobs.trap = (call, when, id) => {
      if (call !== "advance" || when !== "before" || refusals++ > 0) return;
      plane.jobs.overwrite(id, { state: "CANCELLED", revision: plane.jobs.get(id).revision + 1 });
    };
    await plane.submit("a");
    expect(plane.jobs.get("a")).toMatchObject({ state: "CANCELLED", epoch: 0 });
    expect(plane.jobs.changes.map(({ accepted }) => accepted)).toEqual([false]);
    expect(plane.bus.on(workerSubject("worker-1"))).toEqual([]);
  });

  it("a job that is refused twice comes back later", async () => {
    const plane = await planeWithScheduler("worker-1");
    let refusals = 0;
    plane.jobs.trap = (call, when, id) => {
      if (call !== "advance" || when !== "before" || refusals++ > 1) return;
      plane.jobs.overwrite(id, { revision: plane.jobs.get(id).revision + 1 });
    };
    await plane.submit("a");
    expect(plane.jobs.get("a").state).toBe("PENDING");
    await plane.clock.advance(500);
    expect(plane.jobs.get("a").state).toBe("DISPATCHED");
  });

  it("a message that nobody can read is dead-lettered once, and ended", async () => {
    const plane = await planeWithScheduler();
    plane.bus.publish({ subject: submitSubject, body: "not a packet" });
    plane.bus.publish({ subject: submitSubject, body: "not a packet" });
    await plane.clock.advance(10_000);
    expect([...plane.deadLetters.keys()]).toEqual([expect.stringMatching(/^msg:CORDUM_SYS:[0-9a-f]{32}$/)]);
    expect(plane.counted("poisonMessages", { subject: submitSubject })).toBe(2);
  });
});

describe("a cancellation", () => {
  async function planeWithCancelled(state: "CANCELLED" | "RUNNING"): Promise<string[]> {
    const plane = await planeWithScheduler("worker-1");
    await plane.submit("a");
    await plane.claim("a");
    plane.jobs.overwrite("a", { state });
    const cancel = { job_id: "a", reason: "cancelled_by_client", requested_by: "tenant" };
    plane.bus.publish({ subject: cancelSubject, body: encodePacket("cancel", "gateway-1", "trace", cancel) });
    await plane.clock.advance(0);
    const heard = plane.bus.broadcasts.filter(({ subject }) => subject === workerCancelSubject("worker-1"));
    return heard.map(({ body }) => decodePacket("cancel", body)?.payload.job_id ?? "unreadable");
  }

  it("reaches the worker that has the job", async () => {
    expect(await planeWithCancelled("CANCELLED")).toEqual(["a"]);
  });

  it("does not stop a job that nobody has cancelled in its record", async () => {
    expect(await planeWithCancelled("RUNNING")).toEqual([]);
  });
});

describe("a whole request on the bus", () => {
  const request = { topic: "job.echo", tenant: "service", payload: '{"n":1}', labels: { of: "bus" } };
  const publish = async (plane: MemoryPlane, job: string, wanted: object): Promise<void> => {
    const body = encodePacket("submit", "service-1", "trace", { job_id: job, request: wanted as typeof request });
    plane.bus.publish({ subject: submitSubject, body });
    await plane.clock.advance(0);
  };

  it("becomes a job, once, however often it is delivered", async () => {
    const plane = await planeWithScheduler("worker-1");
    await publish(plane, "a", request);
    await publish(plane, "a", request);
    expect(plane.jobs.get("a")).toMatchObject({ state: "DISPATCHED", epoch: 1, ...{ tenant: "service" } });
    expect(await plane.jobs.payload("a")).toBe('{"n":1}');
    expect(plane.bus.on(workerSubject("worker-1"))).toHaveLength(1);
    expect(plane.deadLetters.size).toBe(0);
  });

  it.each([
    ["a topic that is none", { ...request, topic: "nowhere" }],
    ["no tenant", { ...request, tenant: "" }],
    ["a payload that is no JSON", { ...request, payload: "{" }],
    ["a payload that is no text", { ...request, payload: { n: 1 } }],
  ])("with %s is dead-lettered, and no job", async (_what, wanted) => {
    const plane = await planeWithScheduler("worker-1");
    await publish(plane, "a", wanted);
    expect(plane.jobs.changes).toEqual([]);
    expect(plane.counted("poisonMessages")).toBe(1);
    expect(plane.deadLetters.size).toBe(1);
  });

  it("does not touch a job that a gateway has stored", async () => {
    const plane = await planeWithScheduler("worker-1");
    await plane.store("a");
    await publish(plane, "a", request);
    expect(plane.jobs.get("a")).toMatchObject({ state: "DISPATCHED", tenant: "tenant" });
  });
});
