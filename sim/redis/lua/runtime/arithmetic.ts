import { handle, metamethod } from "./calls.ts";
import { raiseTypeError } from "./errors.ts";
import { numberText } from "./number-text.ts";
import { parseNumber } from "./numerals.ts";
import type { Site } from "./site.ts";
import type { LuaValue } from "./table.ts";

/** The number that a value is or, if it is a text, stands for. */
export function toNumber(value: LuaValue): number | undefined {
  if (typeof value === "number") return value;
  return typeof value === "string" ? parseNumber(value) : undefined;
}

/** `left + right` */
export function add(left: LuaValue, right: LuaValue, site: Site): LuaValue {
  if (typeof left === "number" && typeof right === "number") return left + right;
  return slowly("__add", left, right, site);
}

/** `left - right` */
export function subtract(left: LuaValue, right: LuaValue, site: Site): LuaValue {
  if (typeof left === "number" && typeof right === "number") return left - right;
  return slowly("__sub", left, right, site);
}

/** `left * right` */
export function multiply(left: LuaValue, right: LuaValue, site: Site): LuaValue {
  if (typeof left === "number" && typeof right === "number") return left * right;
  return slowly("__mul", left, right, site);
}

/** `left / right` */
export function divide(left: LuaValue, right: LuaValue, site: Site): LuaValue {
  if (typeof left === "number" && typeof right === "number") return left / right;
  return slowly("__div", left, right, site);
}

/** `left % right`: the rest has the sign of the divisor. */
export function modulo(left: LuaValue, right: LuaValue, site: Site): LuaValue {
  if (typeof left === "number" && typeof right === "number") return left - Math.floor(left / right) * right;
  return slowly("__mod", left, right, site);
}

/** `left ^ right` */
export function power(left: LuaValue, right: LuaValue, site: Site): LuaValue {
  if (typeof left === "number" && typeof right === "number") return raised(left, right);
  return slowly("__pow", left, right, site);
}

/** `-operand` */
export function negate(operand: LuaValue, site: Site): LuaValue {
  return typeof operand === "number" ? -operand : slowly("__unm", operand, operand, site);
}

/** `left .. right` */
export function concat(left: LuaValue, right: LuaValue, site: Site): LuaValue {
  if (typeof left === "string" && typeof right === "string") return left + right;
  const start = textOrNothing(left);
  const end = textOrNothing(right);
  if (start !== undefined && end !== undefined) return start + end;
  const handler = metamethod(left, "__concat") ?? metamethod(right, "__concat");
  if (handler !== undefined) return handle(handler, site, left, right);
  if (start === undefined) return raiseTypeError("concatenate", left, site.name, site);
  return raiseTypeError("concatenate", right, site.right, site);
}

/** C's `pow` makes 1 of 1 raised to anything, and of -1 to infinity. */
export function raised(base: number, exponent: number): number {
  if (base === 1 || (base === -1 && !Number.isFinite(exponent) && !Number.isNaN(exponent))) return 1;
  return base ** exponent;
}

const operations: Readonly<Record<string, (left: number, right: number) => number>> = {
  __add: (left, right) => left + right,
  __sub: (left, right) => left - right,
  __mul: (left, right) => left * right,
  __div: (left, right) => left / right,
  __mod: (left, right) => left - Math.floor(left / right) * right,
  __pow: raised,
  __unm: (operand) => -operand,
};

/** Arithmetic with texts, with metamethods, or not at all. */
function slowly(event: string, left: LuaValue, right: LuaValue, site: Site): LuaValue {
  const start = toNumber(left);
  const end = toNumber(right);
  if (start !== undefined && end !== undefined) return operations[event]?.(start, end);
  const handler = metamethod(left, event) ?? metamethod(right, event);
  if (handler !== undefined) return handle(handler, site, left, right);
  if (start === undefined) return raiseTypeError("perform arithmetic on", left, site.name, site);
  return raiseTypeError("perform arithmetic on", right, site.right, site);
}

function textOrNothing(value: LuaValue): string | undefined {
  if (typeof value === "string") return value;
  return typeof value === "number" ? numberText(value) : undefined;
}
