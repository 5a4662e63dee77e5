import { toNumber } from "../runtime/arithmetic.ts";
import { raise } from "../runtime/errors.ts";
import { machine } from "../runtime/machine.ts";
import { numberText } from "../runtime/number-text.ts";
import { nowhere } from "../runtime/site.ts";
import { LuaTable, type LuaValue } from "../runtime/table.ts";
import { typeName } from "../runtime/type-name.ts";

/** What a function of the library was called with. */
export type Arguments = readonly LuaValue[];

/** Raises an error at the place that called the library. */
export function fail(message: string): never {
  return raise(message, machine.site);
}

/** Raises an error without a position in its text, as Lua does for errors inside the library's own doing. */
export function failBare(message: string): never {
  return raise(message, { ...nowhere, caller: machine.site });
}

/** `bad argument #1 to 'rep' (string expected, got no value)`; the name is the one that the script called it by. */
export function badArgument(position: number, problem: string): never {
  const { name } = machine.site;
  const isMethod = name?.kind === "method";
  const place = isMethod ? position - 1 : position;
  if (isMethod && place === 0) fail(`calling '${name.name}' on bad self (${problem})`);
  return fail(`bad argument #${place} to '${name?.name ?? "?"}' (${problem})`);
}

/** `string expected, got nil`, or `got no value` where there is none. */
export function badType(args: Arguments, position: number, expected: string): never {
  const found = position > args.length ? "no value" : typeName(args[position - 1]);
  return badArgument(position, `${expected} expected, got ${found}`);
}

/** Whatever it is, it has to be there. */
export function anyArgument(args: Arguments, position: number): LuaValue {
  if (position > args.length) badArgument(position, "value expected");
  return args[position - 1];
}

/** A text, or a number as a text. */
export function stringArgument(args: Arguments, position: number): string {
  const value = args[position - 1];
  if (typeof value === "string") return value;
  return typeof value === "number" ? numberText(value) : badType(args, position, "string");
}

/** A number, or a text that stands for one. */
export function numberArgument(args: Arguments, position: number): number {
  const value = args[position - 1];
  if (typeof value === "number") return value;
  return toNumber(value) ?? badType(args, position, "number");
}

/** A number without its fraction. What does not fit in 64 bits is the least of them, as on x86. */
export function integerArgument(args: Arguments, position: number): number {
  return wholeNumber(numberArgument(args, position));
}

/** A number as C's `int`: without its fraction, and the lowest 32 bits of it. */
export function intArgument(args: Arguments, position: number): number {
  return integerArgument(args, position) | 0;
}

/** A table and nothing else. */
export function tableArgument(args: Arguments, position: number): LuaTable {
  const value = args[position - 1];
  return value instanceof LuaTable ? value : badType(args, position, "table");
}

/** An argument that may be nil or left out. */
export function optional<T>(
  args: Arguments,
  position: number,
  read: (args: Arguments, position: number) => T,
  otherwise: T,
): T {
  return args[position - 1] === undefined ? otherwise : read(args, position);
}

/** C's cast of a double to a 64-bit integer on x86. */
export function wholeNumber(value: number): number {
  const whole = Math.trunc(value);
  return whole >= -(2 ** 63) && whole < 2 ** 63 ? whole + 0 : -(2 ** 63);
}
