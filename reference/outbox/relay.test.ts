import { expect, test } from "vitest";

import { OutcomeUnknown, Unavailable, type DeadLetter, type Log, type Message } from "../ports/mod.ts";
import { outboxRelay, type OutboxRelay } from "./relay.ts";

/** A relay over a bus, a queue of dead letters and records that can fail; and what they saw. */
class Stage {
  readonly published: Message[] = [];
  readonly letters: DeadLetter[] = [];
  readonly settled: string[] = [];
  readonly counted: string[] = [];
  readonly logged: string[] = [];
  busFails: Error | undefined;
  settleFails: Error | undefined;
  settleWaits: Promise<void> = Promise.resolve();
  readonly relay: OutboxRelay;

  constructor() {
    const line = (message: string): void => void this.logged.push(message);
    const log: Log = { debug: line, info: line, warn: line, error: line };
    this.relay = outboxRelay({
      ...{ log, clock: { unixMs: () => 1_700 } },
      bus: { publish: (message) => this.#publish(message) },
      deadLetters: { record: async (letter) => void this.letters.push(letter) },
      jobs: { settle: (id, revision) => this.#settle(`${id}@${revision}`) },
      metrics: { count: (metric, labels = {}) => void this.counted.push([metric, ...Object.values(labels)].join(" ")) },
    });
  }

  async #publish(message: Message): Promise<{ sequence: number; duplicate: boolean }> {
    this.published.push(message);
    if (this.busFails) throw this.busFails;
    return { sequence: this.published.length, duplicate: false };
  }

  async #settle(entry: string): Promise<void> {
    await this.settleWaits;
    if (this.settleFails) throw this.settleFails;
    this.settled.push(entry);
  }
}

const job = { id: "job-1", topic: "job.echo", state: "FAILED", epoch: 3 } as const;
const dispatch = { kind: "publish", subject: "job.echo", id: "dispatch:job-1:3", body: "{}" } as const;
const letter = { kind: "dead-letter", cause: "worker_lost" } as const;

test("every intent of an entry is delivered, and then the entry is settled", async () => {
  const stage = new Stage();
  await stage.relay.deliver(job, { revision: 7, intents: [dispatch, letter] });
  await stage.relay.flush();
  expect(stage.published).toEqual([{ subject: "job.echo", id: "dispatch:job-1:3", body: "{}" }]);
  expect(stage.letters).toEqual([
    {
      ...{ id: "job-1", topic: "job.echo", cause: "worker_lost", lastState: "FAILED", attempts: 3 },
      createdUnixMs: 1_700,
    },
  ]);
  expect(stage.settled).toEqual(["job-1@7"]);
  expect(stage.counted.toSorted()).toEqual(["deadLetters worker_lost", "outboxDelivered at-once"]);
});

test.each([new Unavailable("NATS"), new OutcomeUnknown("NATS")])(
  "an entry that fails (%s) is no error of the caller: it is counted and stays unsettled",
  async (error) => {
    const stage = new Stage();
    stage.busFails = error;
    await stage.relay.deliver(job, { revision: 7, intents: [dispatch, letter] });
    await stage.relay.flush();
    expect(stage.settled).toEqual([]);
    expect(stage.counted).toContain("outboxFailed");
    expect(stage.letters).toHaveLength(1);
  },
);

test("the sweep delivers it again, whole and under the same message id", async () => {
  const stage = new Stage();
  stage.busFails = new OutcomeUnknown("NATS");
  await stage.relay.deliver(job, { revision: 7, intents: [dispatch, letter] });
  stage.busFails = undefined;
  await stage.relay.deliver(job, { revision: 7, intents: [dispatch, letter] }, "sweep");
  await stage.relay.flush();
  expect(stage.published.map(({ id }) => id)).toEqual(["dispatch:job-1:3", "dispatch:job-1:3"]);
  expect(stage.letters.map(({ id }) => id)).toEqual(["job-1", "job-1"]);
  expect(stage.settled).toEqual(["job-1@7"]);
  expect(stage.counted).toContain("outboxDelivered sweep");
});

test("the caller does not wait for the settlement, and flush does", async () => {
  const stage = new Stage();
  const store = Promise.withResolvers<void>();
  stage.settleWaits = store.promise;
  await stage.relay.deliver(job, { revision: 7, intents: [dispatch] });
  expect(stage.settled).toEqual([]);
  store.resolve();
  await stage.relay.flush();
  expect(stage.settled).toEqual(["job-1@7"]);
});

test("a settlement that fails harms nobody: the entry is only delivered once more", async () => {
  const stage = new Stage();
  stage.settleFails = new Unavailable("Redis");
  await stage.relay.deliver(job, { revision: 7, intents: [dispatch] });
  await stage.relay.flush();
  expect(stage.counted).toEqual(["outboxDelivered at-once"]);
  expect(stage.logged).toEqual(["outbox entry not settled"]);
});

test("an entry without intents is settled at once", async () => {
  const stage = new Stage();
  await stage.relay.deliver(job, { revision: 2, intents: [] });
  await stage.relay.flush();
  expect(stage.settled).toEqual(["job-1@2"]);
});
