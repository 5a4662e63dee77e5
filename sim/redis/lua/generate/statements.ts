import type { Assignable, Block, Expression, GenericFor, NumericFor, Statement } from "../syntax/ast.ts";
import type { Emitter } from "./emitter.ts";
import { emitAll, emitCall, emitCondition, emitList, emitValue } from "./expressions.ts";
import { nameOf, variableOf } from "./names.ts";
import { isOpen } from "./traits.ts";

/** Loops and functions that turn without end are stopped. */
export const turn = "if (--machine.turns < 0) machine.exhausted();";

/** The JavaScript of statements, one after the other. */
export function emitBlock(emitter: Emitter, block: Block): string {
  return block.map((statement) => emitStatement(emitter, statement)).join("\n");
}

type OfType<Type extends Statement["type"]> = Extract<Statement, { type: Type }>;

const emitters: {
  readonly [Type in Statement["type"]]: (emitter: Emitter, statement: OfType<Type>) => string;
} = {
  declare: (emitter, { locals, values }) => emitDeclarations(emitter, locals.map(variableOf), values),
  declareFunction: (emitter, { local, body }) =>
    `let ${variableOf(local)}; ${variableOf(local)} = ${emitter.emitFunction(body)};`,
  assign: emitAssignment,
  do: (emitter, { call }) => `${emitCall(emitter, call)};`,
  block: (emitter, { body }) => `{ ${emitBlock(emitter, body)} }`,
  while: (emitter, { condition, body }) =>
    `while (${emitCondition(emitter, condition)}) { ${turn} ${emitBlock(emitter, body)} }`,
  repeat: (emitter, { condition, body }) =>
    `for (;;) { ${turn} ${emitBlock(emitter, body)}\nif (${emitCondition(emitter, condition)}) break; }`,
  if: emitIf,
  numericFor: emitNumericFor,
  genericFor: emitGenericFor,
  return: (emitter, { values }) => `return ${emitReturned(emitter, values)};`,
  break: () => "break;",
};

function emitStatement(emitter: Emitter, statement: Statement): string {
  const emit = emitters[statement.type] as (emitter: Emitter, statement: Statement) => string;
  return emit(emitter, statement);
}

function emitIf(emitter: Emitter, { arms, otherwise }: OfType<"if">): string {
  const branches = arms.map(
    ({ condition, body }) => `if (${emitCondition(emitter, condition)}) { ${emitBlock(emitter, body)} }`,
  );
  if (otherwise) branches.push(`{ ${emitBlock(emitter, otherwise)} }`);
  return branches.join(" else ");
}

/** Declares as many variables, whatever number of values there are. */
function emitDeclarations(emitter: Emitter, variables: readonly string[], values: readonly Expression[]): string {
  const statements: string[] = [];
  for (const [index, value] of values.entries()) {
    const variable = variables[index];
    const isLast = index === values.length - 1;
    if (isLast && isOpen(value) && variables.length > values.length) {
      const held = emitter.temporary();
      statements.push(`${held} = ${emitAll(emitter, value)};`);
      for (const [place, one] of variables.slice(index).entries()) statements.push(`let ${one} = ${held}[${place}];`);
      return statements.join(" ");
    }
    statements.push(`${variable === undefined ? "" : `let ${variable} = `}${emitValue(emitter, value)};`);
  }
  for (const variable of variables.slice(values.length)) statements.push(`let ${variable};`);
  return statements.join(" ");
}

function emitAssignment(emitter: Emitter, statement: OfType<"assign">): string {
  const { targets, values, line } = statement;
  const [target, second] = targets;
  const [value] = values;
  if (target && value && second === undefined && values.length === 1) {
    return emitStore(emitter, target, emitValue(emitter, value), line);
  }
  const places = targets.map((one) => evaluatedPlace(emitter, one));
  const held = targets.map(() => emitter.unique("v"));
  const declarations = emitDeclarations(emitter, held, values);
  const stores = targets.map((one, index) =>
    storeTo(emitter, one, places[index]?.place ?? [], held[index] ?? "", line),
  );
  return `{ ${places.map(({ before }) => before).join("")} ${declarations} ${stores.toReversed().join(" ")} }`;
}

function emitStore(emitter: Emitter, target: Assignable, value: string, line: number): string {
  if (target.type !== "index") return storeTo(emitter, target, [], value, line);
  return storeTo(emitter, target, [emitValue(emitter, target.object), emitValue(emitter, target.key)], value, line);
}

/** Object and key of a target come before the values. */
function evaluatedPlace(emitter: Emitter, target: Assignable): { before: string; place: readonly string[] } {
  if (target.type !== "index") return { before: "", place: [] };
  const object = emitter.unique("o");
  const key = emitter.unique("k");
  const before = `const ${object} = ${emitValue(emitter, target.object)}, ${key} = ${emitValue(emitter, target.key)};`;
  return { before, place: [object, key] };
}

function storeTo(emitter: Emitter, target: Assignable, place: readonly string[], value: string, line: number): string {
  if (target.type === "local") return `${variableOf(target.local)} = ${value};`;
  if (target.type === "index") {
    return `setIndex(${place.join(", ")}, ${value}, ${emitter.site(line, nameOf(target.object))});`;
  }
  const globals = emitter.constant(emitter.globals);
  return `setIndex(${globals}, ${JSON.stringify(target.name)}, ${value}, ${emitter.site(line)});`;
}

/** As in Lua, the loop begins one step before its start: with fractions that makes a difference. */
function emitNumericFor(emitter: Emitter, loop: NumericFor): string {
  const [count, limit, step] = [emitter.unique("i"), emitter.unique("e"), emitter.unique("s")];
  const stepValue = loop.step ?? { type: "number", value: 1 };
  const names = [count, limit, step];
  const values = [loop.start, loop.limit, stepValue].map((one) => emitValue(emitter, one));
  const declared = names.map((name, index) => `${name} = ${values[index]}`).join(", ");
  const site = emitter.site(loop.line);
  const checks = names.map((name, index) => `${name} = loopNumber(${name}, ${index}, ${site});`).join(" ");
  const goesOn =
    stepValue.type === "number"
      ? `(${count} += ${step}) ${stepValue.value > 0 ? "<=" : ">="} ${limit}`
      : `(${count} += ${step}, ${step} > 0 ? ${count} <= ${limit} : ${count} >= ${limit})`;
  const body = emitBlock(emitter, loop.body);
  const variable = `let ${variableOf(loop.local)} = ${count};`;
  return `{ let ${declared}; ${checks} ${count} -= ${step}; while (${goesOn}) { ${turn} ${variable} ${body} } }`;
}

function emitGenericFor(emitter: Emitter, loop: GenericFor): string {
  const [iterator, state, control] = [emitter.unique("f"), emitter.unique("s"), emitter.unique("c")];
  const declared = emitDeclarations(emitter, [iterator, state, control], loop.values);
  const site = emitter.site(loop.line);
  const callee = `(typeof ${iterator} === "function" ? ${iterator} : callable(${iterator}, ${site}))`;
  const results = emitter.unique("r");
  const call = `machine.site = ${site}; const ${results} = list(${callee}(${state}, ${control}));`;
  const variables = loop.locals.map((local, index) => `let ${variableOf(local)} = ${results}[${index}];`);
  const test = `${control} = ${results}[0]; if (${control} === undefined) break;`;
  return `{ ${declared} for (;;) { ${call} ${test} ${turn} ${variables.join(" ")} ${emitBlock(emitter, loop.body)} } }`;
}

function emitReturned(emitter: Emitter, values: readonly Expression[]): string {
  const [value] = values;
  if (value === undefined) return "none";
  if (values.length > 1) return `[${emitList(emitter, values)}]`;
  if (value.type === "call" || value.type === "method") return emitCall(emitter, value, true);
  return value.type === "vararg" ? "rest" : emitValue(emitter, value);
}
