import type { Binary, Expression, Unary } from "../syntax/ast.ts";
import type { Emitter } from "./emitter.ts";
import { nameOf } from "./names.ts";
import { arithmetic, callsSomething, isBoolean, isNumeric, isPlain } from "./traits.ts";

/** Emits the JavaScript of an expression. */
export type Emit = (emitter: Emitter, expression: Expression) => string;

/** The functions of the runtime, by the operator. */
const functions: Readonly<Record<string, string>> = {
  "+": "add",
  "-": "subtract",
  "*": "multiply",
  "/": "divide",
  "%": "modulo",
  "^": "power",
  "..": "concat",
  "<": "isLess",
  "<=": "isAtMost",
  ">": "isMore",
  ">=": "isAtLeast",
};

/** What JavaScript does just as Lua when both sides are numbers. */
const sameForNumbers: ReadonlySet<string> = new Set(["+", "-", "*", "/", "<", "<=", ">", ">="]);

const equalByIdentity: ReadonlySet<string> = new Set(["nil", "true", "false", "number", "string"]);

/** The JavaScript of an operator with two sides. */
export function emitBinary(emitter: Emitter, binary: Binary, emitValue: Emit, emitCondition: Emit): string {
  const { operator, left, right } = binary;
  if (operator === "and" || operator === "or") return emitChoice(emitter, binary, emitValue, emitCondition);
  // A number on the left-hand side becomes a constant only after the other side.
  const isLate = left.type === "number" && arithmetic.has(operator);
  const early = isLate ? "" : emitValue(emitter, left);
  const code = emitValue(emitter, right);
  const start = isLate ? emitValue(emitter, left) : early;
  if (operator === ".." || !isReadLate(left, right)) return emitOperation(emitter, binary, start, code);
  const held = emitter.temporary();
  return `(${held} = ${code}, ${emitOperation(emitter, binary, start, held)})`;
}

/** Lua reads a variable when it computes: what a call on the right-hand side made of it counts. */
function isReadLate(left: Expression, right: Expression): boolean {
  if (left.type === "paren") return isReadLate(left.inner, right);
  return left.type === "local" && !left.isUpvalue && left.local.assigned && callsSomething(right);
}

function emitOperation(emitter: Emitter, binary: Binary, start: string, end: string): string {
  const { operator, left, right, line } = binary;
  if (operator === "==" || operator === "~=") return emitEquality(emitter, binary, start, end);
  if (sameForNumbers.has(operator) && isNumeric(left) && isNumeric(right)) return `(${start} ${operator} ${end})`;
  return `${functions[operator]}(${start}, ${end}, ${emitter.site(line, nameOf(left), nameOf(right))})`;
}

/** The JavaScript of `not`, `-` and `#`. */
export function emitUnary(emitter: Emitter, unary: Unary, emitValue: Emit, emitCondition: Emit): string {
  const { operator, operand, line } = unary;
  if (operator === "not") return `!${emitCondition(emitter, operand)}`;
  const value = emitValue(emitter, operand);
  if (operator === "-" && isNumeric(operand)) return `(-${value})`;
  return `${operator === "-" ? "negate" : "lengthOf"}(${value}, ${emitter.site(line, nameOf(operand))})`;
}

function emitEquality(emitter: Emitter, { operator, left, right, line }: Binary, start: string, end: string): string {
  const isNegated = operator === "~=";
  if (equalByIdentity.has(left.type) || equalByIdentity.has(right.type) || (isNumeric(left) && isNumeric(right))) {
    return `(${start} ${isNegated ? "!==" : "==="} ${end})`;
  }
  return `${isNegated ? "!" : ""}isEqual(${start}, ${end}, ${emitter.site(line)})`;
}

/** `and` and `or` give one of their sides. */
function emitChoice(emitter: Emitter, binary: Binary, emitValue: Emit, emitCondition: Emit): string {
  const { operator, left, right } = binary;
  const isAnd = operator === "and";
  if (isBoolean(left)) return `(${emitCondition(emitter, left)} ${isAnd ? "&&" : "||"} ${emitValue(emitter, right)})`;
  const start = emitValue(emitter, left);
  const held = isPlain(left) ? start : emitter.temporary();
  const test = isPlain(left) ? `isTrue(${start})` : `isTrue(${held} = ${start})`;
  const end = emitValue(emitter, right);
  return isAnd ? `(${test} ? ${end} : ${held})` : `(${test} ? ${held} : ${end})`;
}
