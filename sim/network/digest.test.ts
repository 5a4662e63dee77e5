import { expect, test } from "vitest";

import { Kernel } from "../kernel/kernel.ts";
import { SortedSet } from "../redis/sorted-set.ts";
import { digestOf } from "./digest.ts";
import { makeNetwork } from "./make-network.ts";
import { makeBench, steady, type Bench } from "./network.test-support.ts";

/** What a request to Redis, lines of NATS, an answer over HTTP and a snapshot look like. */
const message = (byte: string): unknown[] => [
  {
    commands: [
      ["SET", "k", "value"],
      ["SET", "k", `valu${byte}`],
    ],
  },
  [{ op: "PING" }, { op: "PUB", message: { subject: "jobs", headers: `h${byte}`, payload: "p" } }],
  { status: 200, body: `{"state":"${byte}"}` },
  [{ kind: "snapshot", data: [{ key: "k", value: new Map([["field", byte]]) }] }],
  [{ kind: "snapshot", data: [{ key: "k", value: sortedSet(byte) }] }],
  Uint8Array.of(1, byte.charCodeAt(0)),
];

function sortedSet(member: string): SortedSet {
  const set = new SortedSet();
  set.set(member, 1);
  return set;
}

async function hashOf(story: (bench: Bench) => void): Promise<string> {
  const kernel = new Kernel({ seed: "1" });
  const network = makeNetwork(kernel, steady);
  await kernel.run(async () => {
    const bench = makeBench(kernel, network);
    network.receive(bench.server, () => undefined);
    story(bench);
    await bench.pass(1_000);
  });
  return kernel.trace.hash();
}

test.each([0, 1, 2, 3, 4, 5])(
  "one other byte in message %i changes the hash of a run, by either way",
  async (which) => {
    for (const way of ["connection", "post"] as const) {
      const send = (byte: string): Promise<string> =>
        hashOf(({ network, replica, dial }) => {
          if (way === "post") network.post(replica, "s", message(byte)[which], 20, "a message");
          else dial().connection.send(message(byte)[which], 20, "a message");
        });
      const [one, again, other] = [await send("e"), await send("e"), await send("f")];
      expect(again).toBe(one);
      expect(other).not.toBe(one);
    }
  },
);

test("what looks alike has digests of its own", () => {
  const all = ["1", 1, 1n, 1.5, true, false, null, "", 0, [], [1], ["1"], [[1]], {}, { a: 1 }, { b: 1 }, 2 ** 40];
  expect(new Set(all.map(digestOf)).size).toBe(all.length);
});

test("what no wire carries is refused", () => {
  expect(() => digestOf({ run: () => undefined })).toThrow("a message holds a function");
});
