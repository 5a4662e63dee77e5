import { checkDependencies } from "./check-dependencies.ts";
import { checkExpressions } from "./check-expressions.ts";
import type { StepDefinition, WorkflowDefinition } from "./definition.ts";
import { Fields } from "./fields.ts";
import { isPlainObject, jsonMistake } from "./json-value.ts";
import { Mistakes } from "./mistakes.ts";
import { parseStep } from "./parse-step.ts";
import { present } from "./present.ts";

/** How large a workflow may be. */
export interface DefinitionLimits {
  readonly steps: number;
  /** Of its JSON text. */
  readonly characters: number;
}

const defaultLimits: DefinitionLimits = { steps: 200, characters: 256 * 1_024 };

/**
 * Checks a workflow's document, as the API takes it, and gives it the form that runs use: seconds become
 * milliseconds, and every default is filled in.
 *
 * @throws UsageError - naming every mistake with its path
 */
export function parseDefinition(document: unknown, limits = defaultLimits): WorkflowDefinition {
  const mistakes = new Mistakes();
  checkSize(document, limits, mistakes);
  mistakes.raise("the workflow");

  const fields = new Fields(document, "", mistakes);
  const id = fields.require("id", fields.text("id", 128)) ?? "";
  if (!/^[\w.-]*$/.test(id))
    mistakes.add("id", `may hold letters, digits, ".", "_" and "-", not ${JSON.stringify(id)}`);
  const name = fields.text("name", 200) ?? id;
  const timeoutMs = fields.seconds("timeout_sec");
  const steps = parseSteps(fields, limits);
  fields.end();
  mistakes.raise(id === "" ? "the workflow" : `workflow "${id}"`);
  return { id, name, ...present({ timeoutMs }), steps };
}

function checkSize(document: unknown, { characters }: DefinitionLimits, mistakes: Mistakes): void {
  const notJson = jsonMistake(document);
  const length = notJson === undefined ? JSON.stringify(document).length : 0;
  if (notJson !== undefined) mistakes.add("", notJson);
  if (length > characters) mistakes.add("", `has ${length} characters; the most is ${characters}`);
}

function parseSteps(fields: Fields, limits: DefinitionLimits): Record<string, StepDefinition> {
  const { mistakes } = fields;
  const documents = fields.require("steps", fields.any("steps"));
  if (documents === undefined) return {};
  if (!isPlainObject(documents)) {
    mistakes.add("steps", "must be an object of steps by their ids");
    return {};
  }
  const entries = Object.entries(documents);
  if (entries.length === 0 || entries.length > limits.steps) {
    mistakes.add("steps", `must be 1 to ${limits.steps}, not ${entries.length}`);
    return {};
  }
  const steps = entries.map(([id, document]) => [id, parseStep(id, document, mistakes)] as const);
  const known = Object.fromEntries(steps.flatMap(([id, step]) => (step ? [[id, step]] : [])));
  checkDependencies(known, Object.keys(documents), mistakes);
  checkExpressions(known, mistakes);
  return known;
}
