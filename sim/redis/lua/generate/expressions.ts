import { LuaTable, type LuaValue } from "../runtime/table.ts";
import type { Call, Expression, GlobalUse, IndexUse, MethodCall } from "../syntax/ast.ts";
import { emitConstructor } from "./constructors.ts";
import type { Emitter } from "./emitter.ts";
import { nameOf, variableOf } from "./names.ts";
import { emitBinary, emitUnary } from "./operators.ts";
import { callsSomething, isBoolean, isOpen } from "./traits.ts";

type OfType<Type extends Expression["type"]> = Extract<Expression, { type: Type }>;

/** The JavaScript of one value of each type of expression. */
const emitters: {
  readonly [Type in Expression["type"]]: (emitter: Emitter, expression: OfType<Type>) => string;
} = {
  nil: () => "undefined",
  true: () => "true",
  false: () => "false",
  number: (emitter, { value }) => (value === 0 ? emitter.zero(value) : numberLiteral(value)),
  string: (_, { value }) => JSON.stringify(value),
  vararg: () => "rest[0]",
  paren: (emitter, { inner }) => emitValue(emitter, inner),
  call: (emitter, call) => `first(${emitCall(emitter, call)})`,
  method: (emitter, call) => `first(${emitCall(emitter, call)})`,
  function: (emitter, body) => emitter.emitFunction(body),
  local: (_, { local }) => variableOf(local),
  global: emitGlobal,
  index: emitIndex,
  binary: (emitter, binary) => emitBinary(emitter, binary, emitValue, emitCondition),
  unary: (emitter, unary) => emitUnary(emitter, unary, emitValue, emitCondition),
  table: (emitter, table) => emitConstructor(emitter, table, emitValue, emitAll),
};

/** The JavaScript of an expression of which one value is wanted. */
export function emitValue(emitter: Emitter, expression: Expression): string {
  const emit = emitters[expression.type] as (emitter: Emitter, expression: Expression) => string;
  return emit(emitter, expression);
}

/** The JavaScript of an expression that decides: true or false. */
export function emitCondition(emitter: Emitter, expression: Expression): string {
  if (expression.type === "paren") return emitCondition(emitter, expression.inner);
  if (isBoolean(expression)) return emitValue(emitter, expression);
  if (expression.type === "binary" && (expression.operator === "and" || expression.operator === "or")) {
    const operator = expression.operator === "and" ? "&&" : "||";
    return `(${emitCondition(emitter, expression.left)} ${operator} ${emitCondition(emitter, expression.right)})`;
  }
  return `isTrue(${emitValue(emitter, expression)})`;
}

/** The JavaScript of a list of expressions, of which the last may give any number of values. */
export function emitList(emitter: Emitter, expressions: readonly Expression[]): string {
  const last = expressions.at(-1);
  if (last === undefined || !isOpen(last)) return expressions.map((one) => emitValue(emitter, one)).join(", ");
  const values = expressions.slice(0, -1).map((one) => emitValue(emitter, one));
  return [...values, `...${emitAll(emitter, last)}`].join(", ");
}

/** The JavaScript of all values of a call or of `...`, as a list. */
export function emitAll(emitter: Emitter, expression: Expression): string {
  if (expression.type === "vararg") return "rest";
  if (expression.type !== "call" && expression.type !== "method") return `[${emitValue(emitter, expression)}]`;
  return `list(${emitCall(emitter, expression)})`;
}

/** The JavaScript of a call, with whatever it gives. */
export function emitCall(emitter: Emitter, call: Call | MethodCall, isTail = false): string {
  const self = call.type === "method" ? emitter.temporary() : undefined;
  const name = call.type === "method" ? ({ kind: "method", name: call.name } as const) : nameOf(call.callee);
  const known = call.type === "call" ? libraryValue(emitter, call.callee) : undefined;
  const isKnown = typeof known === "function";
  const site =
    isTail && emitter.tracksCalls && !isKnown ? emitter.tailSite(call.line, name) : emitter.site(call.line, name);
  const callee = isKnown ? emitter.constant(known) : checkedCallee(emitter, call, self, site);
  const selfArgument = self === undefined ? [] : [self];
  if (!call.args.some(callsSomething)) {
    const args = [...selfArgument, ...(call.args.length > 0 ? [emitList(emitter, call.args)] : [])];
    return `(machine.site = ${site}, ${callee})(${args.join(", ")})`;
  }
  return `${callee}(${[...selfArgument, argumentsThen(emitter, call.args, site)].join(", ")})`;
}

/** The arguments, and when they are there, the place of the call. */
function argumentsThen(emitter: Emitter, args: readonly Expression[], site: string): string {
  const values = args.slice(0, -1).map((one) => emitValue(emitter, one));
  const last = args.at(-1) ?? { type: "nil" };
  const held = emitter.temporary();
  const code = isOpen(last) ? emitAll(emitter, last) : emitValue(emitter, last);
  return [...values, `${isOpen(last) ? "..." : ""}(${held} = ${code}, machine.site = ${site}, ${held})`].join(", ");
}

function checkedCallee(emitter: Emitter, call: Call | MethodCall, self: string | undefined, site: string): string {
  if (call.type === "call" && call.callee.type === "local") {
    const variable = variableOf(call.callee.local);
    return `(typeof ${variable} === "function" ? ${variable} : callable(${variable}, ${site}))`;
  }
  const held = emitter.temporary();
  const code = call.type === "call" ? emitValue(emitter, call.callee) : emitMethod(emitter, call, self ?? held);
  return `(typeof (${held} = ${code}) === "function" ? ${held} : callable(${held}, ${site}))`;
}

function emitMethod(emitter: Emitter, call: MethodCall, self: string): string {
  const object = emitValue(emitter, call.object);
  return `field(${self} = ${object}, ${JSON.stringify(call.name)}, ${emitter.site(call.line, nameOf(call.object))})`;
}

/** The globals cannot be changed by scripts, so a name is looked up once and for all. */
function emitGlobal(emitter: Emitter, { name, line }: GlobalUse): string {
  if (name === "KEYS") return "machine.keys";
  if (name === "ARGV") return "machine.argv";
  const value = emitter.globals.getKey(name);
  if (value === undefined) return `missingGlobal(${JSON.stringify(name)}, ${emitter.site(line)})`;
  return emitter.constant(value);
}

function emitIndex(emitter: Emitter, expression: IndexUse): string {
  const known = libraryValue(emitter, expression);
  if (known !== undefined) return emitter.constant(known);
  const { object, key, line } = expression;
  const site = emitter.site(line, nameOf(object));
  const read = key.type === "string" ? "field" : "index";
  return `${read}(${emitValue(emitter, object)}, ${emitValue(emitter, key)}, ${site})`;
}

/** What an expression like `tostring` or `string.format` always stands for; nothing can change it. */
function libraryValue(emitter: Emitter, expression: Expression): LuaValue {
  if (expression.type === "global") {
    return perRun.has(expression.name) ? undefined : emitter.globals.getKey(expression.name);
  }
  if (expression.type !== "index" || expression.key.type !== "string" || expression.object.type !== "global") {
    return undefined;
  }
  const library = emitter.globals.getKey(expression.object.name);
  if (!(library instanceof LuaTable) || !library.isReadonly || perRun.has(expression.object.name)) return undefined;
  return perRun.has(expression.key.value) ? undefined : library.getKey(expression.key.value);
}

/** The globals that every run has its own of. */
const perRun: ReadonlySet<string> = new Set(["KEYS", "ARGV"]);

/** A number as JavaScript reads it. */
function numberLiteral(value: number): string {
  return value < 0 ? `(${value})` : String(value);
}
