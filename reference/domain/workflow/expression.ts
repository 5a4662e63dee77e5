import { Environment, type ASTNode } from "@marcbachmann/cel-js";

import { messageOf } from "../../../core/mod.ts";
import { loopDepth } from "./expression-rules.ts";
import { expressionValue } from "./expression-value.ts";
import { longestList } from "./json-value.ts";

/** What expressions can name. */
export interface Scope {
  readonly input: unknown;
  /** Those that the step depends on, directly or not: `steps.charge.output`, `steps.charge.state`. */
  readonly steps: Readonly<Record<string, { readonly state: string; readonly output: unknown }>>;
  /** In the template of a for_each step: the item, and its place, from 0. */
  readonly item?: unknown;
  readonly index?: number;
}

/** Where an expression stands: only the template of a for_each step has `item` and `index`. */
export type ScopeKind = "step" | "item";

/** An expression failed on the values of a run. */
export class ExpressionFailed extends Error {}

/** The most characters of an expression. */
export const mostCharacters = 4_096;

const stepEnvironment = jsonArithmetic(
  new Environment({ homogeneousAggregateLiterals: false })
    .registerVariable("input", "dyn")
    .registerVariable("steps", "map<string, dyn>"),
);

const itemEnvironment = stepEnvironment.clone().registerVariable("item", "dyn").registerVariable("index", "dyn");

const environments: Readonly<Record<ScopeKind, Environment>> = { step: stepEnvironment, item: itemEnvironment };

/**
 * The value of a CEL expression, as JSON.
 *
 * @throws ExpressionFailed - a field that is not there, an operator on the wrong types, a result that is no JSON
 */
export function evaluate(expression: string, scope: Scope): unknown {
  const environment = environments[scope.index === undefined ? "step" : "item"];
  try {
    const parsed = environment.parse(expression);
    checkWork(parsed.ast, scope);
    return expressionValue(parsed(scope));
  } catch (thrown) {
    throw new ExpressionFailed(`${shortened(expression)}: ${summaryOf(thrown)}`, { cause: thrown });
  }
}

/** Of lists that are gone through within each other: their lengths are multiplied, while the run is locked. */
const mostItemsNested = 1_000;

function checkWork(ast: ASTNode, scope: Scope): void {
  const longest = loopDepth(ast) > 1 ? longestList(scope) : 0;
  if (longest <= mostItemsNested) return;
  throw new Error(`goes through lists within lists, and one has ${longest} items; the most is ${mostItemsNested}`);
}

/** What is known of an expression before it runs. */
export type ExpressionCheck =
  | { readonly valid: false; readonly reason: string }
  | { readonly valid: true; readonly type: string; readonly ast: ASTNode };

/** Parses an expression, and checks its names and types as far as they are known. */
export function checkExpression(expression: string, kind: ScopeKind): ExpressionCheck {
  if (expression.length > mostCharacters) {
    return { valid: false, reason: `has ${expression.length} characters; the most is ${mostCharacters}` };
  }
  try {
    const parsed = environments[kind].parse(expression);
    const { valid, type = "dyn", error } = parsed.check();
    return valid ? { valid, type, ast: parsed.ast } : { valid: false, reason: summaryOf(error) };
  } catch (thrown) {
    return { valid: false, reason: summaryOf(thrown) };
  }
}

/**
 * JSON has one kind of number, which CEL takes for a double. Without this, `input.amount + 1` would have no meaning,
 * because 1 is an integer.
 */
function jsonArithmetic(environment: Environment): Environment {
  const operators: Readonly<Record<string, (a: number, b: number) => number>> = {
    "+": (a, b) => a + b,
    "-": (a, b) => a - b,
    "*": (a, b) => a * b,
    "/": (a, b) => a / b,
    "%": (a, b) => a % b,
  };
  for (const [operator, of] of Object.entries(operators)) {
    const ofNumbers = (a: number | bigint, b: number | bigint): number => of(Number(a), Number(b));
    environment.registerOperator(`double ${operator} int`, ofNumbers);
    environment.registerOperator(`int ${operator} double`, ofNumbers);
  }
  return environment.registerOperator("double % double", (a: number, b: number) => a % b);
}

/** CEL's errors have a summary beside a message that draws the place over several lines. */
function summaryOf(thrown: unknown): string {
  const hasSummary = thrown instanceof Error && "summary" in thrown && typeof thrown.summary === "string";
  return hasSummary ? String(thrown.summary) : messageOf(thrown);
}

function shortened(text: string): string {
  return text.length <= 80 ? text : `${text.slice(0, 79)}…`;
}
