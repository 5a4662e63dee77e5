import * as fc from "fast-check";
import { expect, test } from "vitest";

import { isLegal, jobStates, type JobState } from "../../domain/job-state.ts";
import type { Jobs } from "../../ports/mod.ts";
import { redisJobs } from "./jobs.ts";
import { testParts } from "./parts.test-support.ts";
import { useRedisClient } from "./redis.test-support.ts";

const redis = useRedisClient();

/** What a replica may do to the one job: replicas keep what they opened, and may use it much later. */
type Act =
  | { readonly kind: "open"; readonly by: number }
  | { readonly kind: "advance"; readonly by: number; readonly to: JobState; readonly newAttempt: boolean }
  | { readonly kind: "claim"; readonly epoch: number; readonly token: string };

const by = fc.nat({ max: 2 });
const act: fc.Arbitrary<Act> = fc.oneof(
  fc.record({ kind: fc.constant("open" as const), by }),
  fc.record({
    kind: fc.constant("advance" as const),
    by,
    to: fc.constantFrom<JobState>("SCHEDULED", "DISPATCHED", "RUNNING", "RETRYING", ...jobStates),
    newAttempt: fc.boolean(),
  }),
  fc.record({
    kind: fc.constant("claim" as const),
    epoch: fc.integer({ min: 0, max: 4 }),
    token: fc.constantFrom("a", "b", "c"),
  }),
);

/** What a record must be by now, after the acts that were accepted. */
class Model {
  state: JobState = "PENDING";
  epoch = 0;
  revision = 1;
  readonly winners = new Map<number, string>();
  readonly held = new Map<number, { revision: number; state: JobState; epoch: number }>();
}

async function play(jobs: Jobs, id: string, model: Model, step: Act): Promise<void> {
  switch (step.kind) {
    case "open":
      return playOpen(jobs, id, model, step.by);
    case "advance":
      return playAdvance(jobs, id, model, step);
    case "claim":
      return playClaim(jobs, id, model, step);
  }
}

async function playOpen(jobs: Jobs, id: string, model: Model, replica: number): Promise<void> {
  model.revision += 1;
  const { state, epoch, revision } = model;
  expect(await jobs.open(id)).toMatchObject({ state, epoch, revision });
  model.held.set(replica, { revision, state, epoch });
}

async function playAdvance(jobs: Jobs, id: string, model: Model, step: Act & { kind: "advance" }): Promise<void> {
  const held = model.held.get(step.by);
  if (!held || !isLegal(held.state, step.to)) return;
  const epoch = held.epoch + (step.newAttempt ? 1 : 0);
  const change = { id, revision: held.revision, from: held.state, path: [step.to], epoch, intents: [] };
  const advanced = await jobs.advance(change);
  expect(advanced.accepted, "a stale revision is refused, the newest is not").toBe(held.revision === model.revision);
  if (advanced.accepted) {
    Object.assign(model, { state: step.to, epoch, revision: model.revision + 1 });
    expect(await jobs.advance(change), "the same change again").toEqual(advanced);
  }
}

async function playClaim(
  jobs: Jobs,
  id: string,
  model: Model,
  { epoch, token }: Act & { kind: "claim" },
): Promise<void> {
  const { granted } = await jobs.claim({ id, epoch, token: `${epoch}-${token}`, worker: "w", session: "s" });
  const current = epoch === model.epoch;
  const fresh = current && model.state === "DISPATCHED";
  const again = current && model.state === "RUNNING" && model.winners.get(epoch) === token;
  expect(granted).toBe(fresh || again);
  if (!fresh) return;
  Object.assign(model, { state: "RUNNING", revision: model.revision + 1 });
  model.winners.set(epoch, token);
}

test("whatever replicas do with what they opened, only the newest revision writes, and each dispatch has one claim", async () => {
  const jobs = redisJobs({ ...testParts(), redis, metaTtlMs: 60_000 });
  let run = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(act, { minLength: 10, maxLength: 60 }), async (acts) => {
      const id = `property-${run++}`;
      await jobs.create(
        { id, topic: "job.x", tenant: "t", traceId: "r", payload: "1", labels: {}, submittedBy: "g" },
        [],
      );
      const model = new Model();
      for (const step of acts) await play(jobs, id, model, step);
      const { state, epoch, revision } = model;
      const job = await jobs.read(id);
      expect(job).toMatchObject({ state, epoch, revision });
      for (const [index, entry] of (job?.log ?? []).entries()) {
        const before = (job?.log[index - 1]?.state ?? "NONE") as JobState;
        expect(isLegal(before, entry.state as JobState)).toBe(true);
      }
    }),
    { numRuns: 150 },
  );
});
