import { expect, test } from "vitest";

import { globals } from "../library/globals.ts";
import { chunkNamed } from "../syntax/chunk.ts";
import { generate, generateCode } from "./generate.ts";

test("local variables become JavaScript's own", () => {
  expect(codeOf("local a = 1 local a = a return a")).toMatch(/let a\$1 = 1;\s*let a\$2 = a\$1;\s*return a\$2;/);
});

test("a function of the library is called without looking it up", () => {
  const { code, emitter } = generateCode("return string.rep('x', 3)", chunkNamed("@t"), globals);
  expect(code).toContain('K0)("x", 3)');
  expect(emitter.constants).toHaveLength(1);
});

test("a local variable hides the library", () => {
  expect(codeOf("local string = {} return string.rep")).toContain('field(string$1, "rep", ');
});

test("sums of loop variables and numbers need no check", () => {
  expect(codeOf("for i = 1, 3 do local x = i + 1 end")).toContain("(i$1 + 1)");
  expect(codeOf("for i = 1, 3 do i = 'x' local x = i + 1 end")).toContain("add(i$1, 1, ");
});

test("every loop and every function counts its turns", () => {
  const counted = codeOf("while a do end repeat until b for i = 1, 2 do end for k in c do end local function f() end");
  expect(counted.match(/machine\.exhausted\(\)/g)).toHaveLength(6);
});

test("calls under way are kept account of only where an error may ask for them", () => {
  expect(codeOf("return 1")).not.toContain("machine.enter()");
  expect(codeOf("error('x', 2)")).toContain("machine.enter()");
});

test("no text of a script becomes code", () => {
  const script = 'return "`${process.exit()}`\\"; process.exit(); //\\\n"';
  expect(generate(script, chunkNamed("@t"), globals)()).toBe('`${process.exit()}`"; process.exit(); //\n');
});

function codeOf(source: string): string {
  return generateCode(source, chunkNamed("@t"), globals).code;
}
