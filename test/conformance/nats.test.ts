import { describe, expect, test } from "vitest";

import { useNats } from "../servers.ts";
import { EngineArm, ServerArm } from "./nats/arms.ts";
import { differences } from "./nats/differences.ts";
import { explore } from "./nats/explore.ts";
import { Play, type Difference, type Step } from "./nats/play.ts";
import { deleteStreams } from "./nats/requests.ts";
import { transcripts } from "./nats/transcripts/mod.ts";
import { subscriptions } from "./nats/transcripts/transcript.ts";

const nats = useNats();
const steps = Number(process.env["SEATRIAL_CONFORMANCE"] ?? 2_500);
const seed = Number(process.env["SEATRIAL_CONFORMANCE_SEED"] ?? 1);

interface Conversation {
  readonly streams?: readonly string[] | undefined;
  /** How long the real server may take to say what the engine said. */
  readonly settleWithinMs?: number;
}

/** Plays a conversation with both, on new connections, and takes its streams away afterwards. */
async function played(first: string, conversation: readonly Step[], { streams, settleWithinMs }: Conversation) {
  const server = await ServerArm.open(nats.server.port, settleWithinMs);
  const engine = new EngineArm();
  let difference: Difference | undefined;
  try {
    difference = await new Play({ engine, server }).run([{ about: "subscribe", send: first }, ...conversation]);
  } finally {
    server.close();
    engine.close();
    const cleaner = await ServerArm.open(nats.server.port);
    cleaner.send(deleteStreams(streams ?? []));
    await cleaner.settle(0);
    cleaner.close();
  }
  return difference;
}

for (const [name, conversations] of Object.entries(transcripts)) {
  describe(`as nats-server: ${name}`, () => {
    test.each(conversations.map((each) => [each.name, each] as const))("%s", async (_, { steps: all, streams }) => {
      // Subscriptions would be served in any order: what core NATS does is watched by its own alone.
      const first = name === "core" ? "SUB _API.* 1\r\n" : subscriptions;
      expect(await played(first, all, { streams })).toBeUndefined();
    });
  });
}

test(`${steps} random steps are answered as by nats-server`, { timeout: 60_000 + 20 * steps }, async () => {
  const result = await explore(nats.server.port, { commands: steps, seed, onProgress: () => undefined });
  expect(result.divergence).toBeUndefined();
  expect(result.commands).toBeGreaterThanOrEqual(steps);
});

describe("what is accepted", () => {
  test.each(differences.map((each) => [each.what, each] as const))("still differs: %s", async (_, { shownBy }) => {
    const before = await played(subscriptions, shownBy.slice(0, -1), { streams: ["A"] });
    expect(before).toBeUndefined();
    expect(await played(subscriptions, shownBy, { streams: ["A"], settleWithinMs: 300 })).toBeDefined();
  });
});

test("the comparison sees a single difference", async () => {
  const server = await ServerArm.open(nats.server.port, 100);
  const engine = new EngineArm();
  const play = new Play({ engine, server });
  engine.send("SUB a 1\r\n");
  expect(await play.take({ about: "only one listens", send: "PUB a 1\r\nx\r\n" })).toMatchObject({ server: [] });
  server.close();
});
