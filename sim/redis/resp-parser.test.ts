import fc from "fast-check";
import { expect, test } from "vitest";

import { ProtocolError, RespParser } from "./resp-parser.ts";
import { encodeCommand } from "./resp.ts";

const parse = (...pieces: string[]): (readonly string[])[] => {
  const parser = new RespParser();
  return pieces.flatMap((piece) => [...parser.push(piece)]);
};

test("commands are the same however they are cut into pieces", () => {
  const text = fc.string({ unit: "binary", maxLength: 12 });
  const commands = fc.array(fc.array(text, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 5 });
  fc.assert(
    fc.property(commands, fc.array(fc.nat(), { maxLength: 5 }), (given, cuts) => {
      const latin = given.map((words) => words.map((word) => Buffer.from(word).toString("latin1")));
      const bytes = latin.map(encodeCommand).join("");
      const places = [0, ...cuts.map((cut) => cut % bytes.length), bytes.length].toSorted((a, b) => a - b);
      const pieces = places.slice(1).map((place, index) => bytes.slice(places[index], place));
      expect(parse(...pieces)).toEqual(latin);
    }),
  );
});

test("inline commands have words, quotes and escapes", () => {
  expect(parse("PING\r\n")).toEqual([["PING"]]);
  expect(parse('  SET  k "a b\\x41\\n" \r\n')).toEqual([["SET", "k", "a bA\n"]]);
  expect(parse("SET k 'it\\'s'\n")).toEqual([["SET", "k", "it's"]]);
  expect(parse("\r\n", "*0\r\n", "PING\r\n")).toEqual([["PING"]]);
});

test.each([
  ["*abc\r\n", "invalid multibulk length"],
  ["*1\r\n:1\r\n", "expected '$', got ':'"],
  ["*1\r\n$-1\r\n", "invalid bulk length"],
  ["*1\r\n$99999999999\r\n", "invalid bulk length"],
  ['SET k "open\r\n', "unbalanced quotes in request"],
  [`*1\r\n$${"1".repeat(70_000)}`, "too big bulk count string"],
  ["x".repeat(70_000), "too big inline request"],
])("%j is a protocol error", (bytes, reason) => {
  expect(() => parse(bytes.slice(0, 100_000))).toThrow(new ProtocolError(reason));
});

test("what came whole before an error is still carried out", () => {
  const parser = new RespParser();
  const seen: (readonly string[])[] = [];
  expect(() => {
    for (const command of parser.push("*1\r\n$4\r\nPING\r\n*x\r\n")) seen.push(command);
  }).toThrow(ProtocolError);
  expect(seen).toEqual([["PING"]]);
});

test("a command that grows beyond the buffer is refused", () => {
  const parser = new RespParser({ queryBufferMax: 1_000 });
  expect(() => [...parser.push(`*2\r\n$5000\r\n${"x".repeat(1_100)}`)]).toThrow(ProtocolError);
});
