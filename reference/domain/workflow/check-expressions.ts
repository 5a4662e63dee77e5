import type { JobTemplate, StepDefinition } from "./definition.ts";
import { ancestorsOf, type StepGraph } from "./dependencies.ts";
import { costMistake, stepsReadBy } from "./expression-rules.ts";
import { checkExpression, type ScopeKind } from "./expression.ts";
import { isPlainObject } from "./json-value.ts";
import { suggestion, type Mistakes } from "./mistakes.ts";
import { templateParts } from "./template.ts";

/** An expression, where it stands, and what it must give. */
interface Placed {
  readonly path: string;
  readonly expression: string;
  readonly scope: ScopeKind;
  readonly gives: "bool" | "list" | "dyn";
}

/**
 * Whether every expression can be read, and names only steps that have ended when it is evaluated: otherwise what it
 * gives would depend on who came first.
 */
export function checkExpressions(steps: Readonly<Record<string, StepDefinition>>, mistakes: Mistakes): void {
  for (const [id, step] of Object.entries(steps)) {
    for (const placed of expressionsOf(step, `steps.${id}`, mistakes)) checkOne(placed, id, steps, mistakes);
  }
}

function checkOne({ path, expression, scope, gives }: Placed, id: string, steps: StepGraph, mistakes: Mistakes): void {
  if (expression === "") return;
  const checked = checkExpression(expression, scope);
  if (!checked.valid) return mistakes.add(path, `${quoted(expression)}: ${checked.reason}${hintFor(expression)}`);
  const { type, ast } = checked;
  if (!fits(type, gives)) mistakes.add(path, `${quoted(expression)} gives ${type}, not ${gives}`);
  const costly = costMistake(ast);
  if (costly !== undefined) mistakes.add(path, costly);
  for (const read of stepsReadBy(ast)) checkStepRead(read, path, id, steps, mistakes);
}

function checkStepRead(read: string, path: string, id: string, steps: StepGraph, mistakes: Mistakes): void {
  const ancestors = ancestorsOf(id, steps);
  if (ancestors.has(read)) return;
  const known = Object.hasOwn(steps, read);
  const ownWay = known
    ? ", which this step does not depend on; add it to depends_on"
    : suggestion(read, [...ancestors]);
  mistakes.add(path, `reads ${known ? "" : "the unknown "}step "${read}"${ownWay}`);
}

function expressionsOf(step: StepDefinition, path: string, mistakes: Mistakes): Placed[] {
  const own = (key: string, expression: string, gives: Placed["gives"]): Placed => ({
    ...{ path: `${path}.${key}`, expression, gives },
    scope: "step",
  });
  const found = step.when === undefined ? [] : [own("when", step.when, "bool")];
  if (step.type === "condition") found.push(own("expression", step.expression, "bool"));
  if (step.type === "for_each" && typeof step.items === "string") found.push(own("items", step.items, "list"));
  const scope = step.type === "for_each" ? "item" : "step";
  return [
    ...found,
    ...templatesOf(step, path).flatMap(([at, { input }]) => within(input, `${at}.input`, scope, mistakes)),
  ];
}

function templatesOf(step: StepDefinition, path: string): [string, JobTemplate][] {
  switch (step.type) {
    case "worker":
      return [[path, step]];
    case "parallel":
      return step.children.map((child, index) => [`${path}.children[${index}]`, child]);
    case "for_each":
      return [[`${path}.template`, step.template]];
    case "delay":
    case "condition":
    case "approval":
      return [];
  }
}

function within(input: unknown, path: string, scope: ScopeKind, mistakes: Mistakes): Placed[] {
  if (typeof input === "string") return inText(input, path, scope, mistakes);
  if (Array.isArray(input)) return input.flatMap((item, index) => within(item, `${path}[${index}]`, scope, mistakes));
  if (!isPlainObject(input)) return [];
  return Object.entries(input).flatMap(([key, value]) => within(value, `${path}.${key}`, scope, mistakes));
}

function inText(text: string, path: string, scope: ScopeKind, mistakes: Mistakes): Placed[] {
  const parts = templateParts(text);
  if (!parts) {
    mistakes.add(path, "has a ${ that is not closed; write $${ for the characters themselves");
    return [];
  }
  const expressions = parts.flatMap((part) => ("expression" in part ? [part.expression] : []));
  if (expressions.some((each) => each.trim() === "")) mistakes.add(path, "has ${} with nothing in it");
  return expressions
    .filter((each) => each.trim() !== "")
    .map((expression) => ({ path, expression, scope, gives: "dyn" }));
}

/** Types that are known only at run time fit anything. */
function fits(type: string, gives: Placed["gives"]): boolean {
  return gives === "dyn" || type === "dyn" || type === gives || type.startsWith(`${gives}<`);
}

function hintFor(expression: string): string {
  return expression.includes("${") ? "; write the expression itself, without ${ and }" : "";
}

function quoted(expression: string): string {
  return JSON.stringify(expression.length <= 80 ? expression : `${expression.slice(0, 79)}…`);
}
