import { expect, test } from "vitest";

import { chunkNamed } from "./chunk.ts";
import { Lexer } from "./lexer.ts";

test("cuts source into names, words, numbers, texts and signs", () => {
  expect(typesOf("local x1 = 0x1F .. 'a' -- end\n~= ...")).toEqual([
    ...["local", "<name>", "=", "<number>", "..", "<string>", "~=", "..."],
  ]);
});

test("knows the words of 5.1, in which goto is a name", () => {
  expect(typesOf("goto and andy")).toEqual(["<name>", "and", "<name>"]);
});

test.each([
  ["'a\\65\\n\\z'", "aA\nz"],
  ["[[\nfirst line break goes]]", "first line break goes"],
  ["[==[a]]b]=]c]==]", "a]]b]=]c"],
  ['"a\\\nb"', "a\nb"],
])("reads the text %j", (source, value) => {
  expect(new Lexer(source, chunkNamed("@t")).next().value).toBe(value);
});

test("counts a line break of two bytes once", () => {
  const lexer = new Lexer("a\r\nb\n\rc\nd", chunkNamed("@t"));
  expect([lexer.next(), lexer.next(), lexer.next(), lexer.next()].map(({ line }) => line)).toEqual([1, 2, 3, 4]);
});

test.each([
  ["'open", "t:1: unfinished string near '<eof>'"],
  ["[[open\n", "t:2: unfinished long string near '<eof>'"],
  ["--[[open", "t:1: unfinished long comment near '<eof>'"],
  ["3x", "t:1: malformed number near '3x'"],
  ["[=x", "t:1: invalid long string delimiter near '[='"],
  ["'\\300'", "t:1: escape sequence too large near ''"],
])("refuses %j as Lua does", (source, message) => {
  expect(() => typesOf(source)).toThrow(message);
});

function typesOf(source: string): string[] {
  const lexer = new Lexer(source, chunkNamed("@t"));
  const types: string[] = [];
  for (let token = lexer.next(); token.type !== "<eof>"; token = lexer.next()) types.push(token.type);
  return types;
}
