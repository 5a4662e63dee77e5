import { first, invoke } from "../runtime/calls.ts";
import { index } from "../runtime/indexing.ts";
import { machine } from "../runtime/machine.ts";
import { numberText, plainText } from "../runtime/number-text.ts";
import { LuaTable, type LuaFunction, type LuaResult, type LuaValue } from "../runtime/table.ts";
import { typeName } from "../runtime/type-name.ts";
import {
  badArgument,
  fail,
  intArgument,
  integerArgument,
  optional,
  stringArgument,
  type Arguments,
} from "./arguments.ts";
import { isDigit } from "./character-classes.ts";
import type { Library } from "./library.ts";
import { Pattern } from "./pattern.ts";

const specials = /[\^$*+?.([%-]/;

/** `find` and `match`, which differ in what they give. */
function finder(isFind: boolean): LuaFunction {
  return (...args) => {
    const text = stringArgument(args, 1);
    const pattern = stringArgument(args, 2);
    const wanted = optional(args, 3, integerArgument, 1);
    const start = Math.min(text.length, Math.max(0, wanted < 0 ? text.length + wanted : wanted - 1));
    if (isFind && (isPlain(args[3]) || !specials.test(pattern))) return findPlain(text, pattern, start);
    return findPattern(text, pattern, start, isFind);
  };
}

function isPlain(value: LuaValue): boolean {
  return value !== undefined && value !== false;
}

function findPlain(text: string, wanted: string, start: number): LuaResult {
  const found = text.indexOf(wanted, start);
  return found < 0 ? undefined : [found + 1, found + wanted.length];
}

function findPattern(text: string, source: string, start: number, isFind: boolean): LuaResult {
  const pattern = new Pattern(text, source);
  const isAnchored = source.startsWith("^");
  for (let at = start; at <= text.length; at++) {
    const end = pattern.matchAt(at, isAnchored ? 1 : 0);
    if (end >= 0) {
      const captures = pattern.captures(at, end, !isFind);
      return isFind ? [at + 1, end, ...captures] : captures;
    }
    if (isAnchored) break;
  }
  return undefined;
}

const gmatch: LuaFunction = (...args) => {
  const text = stringArgument(args, 1);
  const pattern = new Pattern(text, stringArgument(args, 2));
  let from = 0;
  return () => {
    for (let at = from; at <= text.length; at++) {
      const end = pattern.matchAt(at, 0);
      if (end < 0) continue;
      from = end === at ? end + 1 : end;
      return pattern.captures(at, end, true);
    }
    from = text.length + 1;
    return undefined;
  };
};

const gsub: LuaFunction = (...args) => {
  const text = stringArgument(args, 1);
  const source = stringArgument(args, 2);
  const replace = replacer(args, text);
  const atMost = optional(args, 4, intArgument, text.length + 1);
  const pattern = new Pattern(text, source);
  const isAnchored = source.startsWith("^");
  let result = "";
  let at = 0;
  let count = 0;
  while (count < atMost) {
    const end = pattern.matchAt(at, isAnchored ? 1 : 0);
    if (end >= 0) {
      count += 1;
      result += replace(pattern, at, end);
    }
    if (end > at) at = end;
    else if (at < text.length) result += text.charAt(at++);
    else break;
    if (isAnchored) break;
  }
  return [result + text.slice(at), count];
};

/** The functions of the `string` library that work with patterns. */
export const matching: Library = { find: finder(true), match: finder(false), gmatch, gfind: gmatch, gsub };

type Replace = (pattern: Pattern, start: number, end: number) => string;

/** What replaces a match: a text with captures in it, or what a table or a function gives for it. */
function replacer(args: Arguments, text: string): Replace {
  const [, , replacement] = args;
  if (typeof replacement === "string" || typeof replacement === "number") {
    const template = stringArgument(args, 3);
    if (!template.includes("%")) return () => template;
    return (pattern, start, end) => filled(template, pattern, start, end);
  }
  const value = valueFinder(replacement);
  return (pattern, start, end) => replacedBy(value(pattern, start, end), text.slice(start, end));
}

function valueFinder(replacement: LuaValue): (pattern: Pattern, start: number, end: number) => LuaValue {
  const { site } = machine;
  if (replacement instanceof LuaTable) {
    return (pattern, start, end) => index(replacement, pattern.capture(0, start, end), site);
  }
  if (typeof replacement !== "function") badArgument(3, "string/function/table expected");
  return (pattern, start, end) => first(invoke(replacement, ...pattern.captures(start, end, true)));
}

function replacedBy(value: LuaValue, whole: string): string {
  if (value === undefined || value === false) return whole;
  if (typeof value === "string") return value;
  return typeof value === "number" ? numberText(value) : fail(`invalid replacement value (a ${typeName(value)})`);
}

function filled(template: string, pattern: Pattern, start: number, end: number): string {
  return template.replace(/%([^]?)/g, (_, mark: string) => {
    if (mark === "" || !isDigit(mark.charCodeAt(0))) return mark === "" ? "\0" : mark;
    return plainText(mark === "0" ? pattern.whole(start, end) : pattern.capture(Number(mark) - 1, start, end));
  });
}
