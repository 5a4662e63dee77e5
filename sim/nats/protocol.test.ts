import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { encodeMessage, ProtocolError, ProtocolParser, type Operation } from "./protocol.ts";

const conversation = [
  'CONNECT {"verbose":false}\r\n',
  "PING\r\nSUB a.* 1\r\nsub b group 2\r\n",
  "UNSUB 1 5\r\n",
  "PUB a.b 5\r\nhe\r\no\r\n",
  "HPUB a.b inbox 12 14\r\nNATS/1.0\r\n\r\nhi\r\n",
  "PONG\r\n",
].join("");

const operations: Operation[] = [
  { op: "CONNECT", options: '{"verbose":false}' },
  { op: "PING" },
  { op: "SUB", subject: "a.*", sid: "1", queue: undefined },
  { op: "SUB", subject: "b", sid: "2", queue: "group" },
  { op: "UNSUB", sid: "1", max: 5 },
  { op: "PUB", message: { subject: "a.b", payload: "he\r\no" } },
  { op: "PUB", message: { subject: "a.b", reply: "inbox", headers: "NATS/1.0\r\n\r\n", payload: "hi" } },
  { op: "PONG" },
];

test("what a client says is understood, in whatever pieces it comes", () => {
  fc.assert(
    fc.property(fc.array(fc.nat(conversation.length), { maxLength: 12 }), (cuts) => {
      const parser = new ProtocolParser(1_024);
      const bounds = [0, ...cuts.toSorted((one, other) => one - other), conversation.length];
      const pieces = bounds.slice(1).map((bound, index) => conversation.slice(bounds[index], bound));
      expect(pieces.flatMap((piece) => [...parser.read(piece)])).toEqual(operations);
    }),
  );
});

describe("what breaks the protocol", () => {
  const toldOf = (bytes: string): string | undefined => {
    try {
      Array.from(new ProtocolParser(10).read(bytes));
      return "nothing";
    } catch (thrown) {
      if (!(thrown instanceof ProtocolError)) throw thrown;
      return thrown.told;
    }
  };

  test.each([
    ["JUNK\r\n", "Unknown Protocol Operation"],
    ["PUB a 11\r\n", "Maximum Payload Violation"],
    ["PUB a 1\r\nxyz\r\n", "Unknown Protocol Operation"],
    ["PUB a\r\n", undefined],
    ["PUB a -1\r\n", undefined],
    ["HPUB a 5 3\r\n", undefined],
    ["SUB a\r\n", undefined],
    [`SUB ${"a".repeat(5_000)}`, "maximum control line exceeded"],
  ])("%j", (bytes, told) => {
    expect(toldOf(bytes)).toBe(told);
  });
});

test("a message goes out as a client reads it", () => {
  expect(encodeMessage("1", { subject: "a", payload: "hi" })).toBe("MSG a 1 2\r\nhi\r\n");
  const withAll = { subject: "a", reply: "b", headers: "NATS/1.0\r\n\r\n", payload: "hi" };
  expect(encodeMessage("1", withAll)).toBe("HMSG a 1 b 12 14\r\nNATS/1.0\r\n\r\nhi\r\n");
});
