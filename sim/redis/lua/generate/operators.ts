import type { Binary, Expression, Unary } from "../syntax/ast.ts";
import type { Emitter } from "./emitter.ts";
import { nameOf } from "./names.ts";
import { isBoolean, isNumeric, isPlain } from "./traits.ts";

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

export function emitBinary(emitter: Emitter, binary: Binary, emitValue: Emit, emitCondition: Emit): string {
  const { operator, left, right, line } = binary;
  if (operator === "and" || operator === "or") return emitChoice(emitter, binary, emitValue, emitCondition);
  const start = emitValue(emitter, left);
  const end = emitValue(emitter, right);
  if (operator === "==" || operator === "~=") return emitEquality(binary, start, end);
  if (sameForNumbers.has(operator) && isNumeric(left) && isNumeric(right)) return `(${start} ${operator} ${end})`;
  return `${functions[operator]}(${start}, ${end}, ${emitter.site(line, nameOf(left), nameOf(right))})`;
}

export function emitUnary(emitter: Emitter, unary: Unary, emitValue: Emit, emitCondition: Emit): string {
  const { operator, operand, line } = unary;
  if (operator === "not") return `!${emitCondition(emitter, operand)}`;
  const value = emitValue(emitter, operand);
  if (operator === "-" && isNumeric(operand)) return `(-${value})`;
  return `${operator === "-" ? "negate" : "lengthOf"}(${value}, ${emitter.site(line, nameOf(operand))})`;
}

function emitEquality({ operator, left, right }: Binary, start: string, end: string): string {
  const isNegated = operator === "~=";
  if (equalByIdentity.has(left.type) || equalByIdentity.has(right.type) || (isNumeric(left) && isNumeric(right))) {
    return `(${start} ${isNegated ? "!==" : "==="} ${end})`;
  }
  return `${isNegated ? "!" : ""}isEqual(${start}, ${end})`;
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
