import { nearestNames, UsageError } from "../../core/mod.ts";
import { parseDefinition, type StepDefinition, type WorkflowDefinition } from "../domain/workflow/mod.ts";
import { HttpError } from "./http-error.ts";

/**
 * A workflow's document, checked.
 *
 * @param id - from the path of the request: the document may leave it out, and must not name another
 * @throws HttpError `invalid_workflow` with every mistake and its path; `unknown_topic`
 */
export function readDefinition(document: unknown, topics: readonly string[], id?: string): WorkflowDefinition {
  const definition = parse(id === undefined ? document : withId(document, id));
  for (const [step, topic] of topicsOf(definition)) assertKnown(step, topic, topics);
  return definition;
}

function withId(document: unknown, id: string): unknown {
  if (typeof document !== "object" || document === null || Array.isArray(document)) return document;
  const named: unknown = (document as { readonly id?: unknown }).id;
  if (named === undefined || named === id) return { ...document, id };
  throw invalid(`id: the path says "${id}", and the document ${JSON.stringify(named).slice(0, 128)}`);
}

function parse(document: unknown): WorkflowDefinition {
  try {
    return parseDefinition(document);
  } catch (thrown) {
    if (thrown instanceof UsageError) throw invalid(thrown.message.replace(`[${thrown.code}] `, ""));
    throw thrown;
  }
}

function invalid(message: string): HttpError {
  const hint = "each mistake stands with its path in the document";
  return new HttpError({ status: 400, code: "invalid_workflow", message, hint });
}

/** A job of an unknown topic would wait for ever. */
function assertKnown(step: string, topic: string, topics: readonly string[]): void {
  if (topics.includes(topic)) return;
  const nearest = nearestNames(topic, topics);
  throw new HttpError({
    status: 400,
    code: "unknown_topic",
    message: `steps.${step}: there is no topic "${topic}"`,
    hint: nearest.length > 0 ? `did you mean ${nearest.join(", ")}?` : "topics are listed in CORDUM_TOPICS",
  });
}

function* topicsOf({ steps }: WorkflowDefinition): Generator<readonly [step: string, topic: string]> {
  for (const [id, step] of Object.entries(steps)) {
    for (const { topic } of templatesOf(step)) yield [id, topic];
  }
}

function templatesOf(step: StepDefinition): readonly { readonly topic: string }[] {
  switch (step.type) {
    case "worker":
      return [step];
    case "parallel":
      return step.children;
    case "for_each":
      return [step.template];
    case "delay":
    case "condition":
    case "approval":
      return [];
  }
}
