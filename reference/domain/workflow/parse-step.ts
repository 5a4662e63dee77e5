import { isTopic } from "../subjects.ts";
import type { JobTemplate, StepDefinition } from "./definition.ts";
import { mostCharacters } from "./expression.ts";
import { Fields } from "./fields.ts";
import { suggestion, type Mistakes } from "./mistakes.ts";
import { parseMoment } from "./parse-moment.ts";
import { parseRetry } from "./parse-retry.ts";
import { present } from "./present.ts";

type StepOf<Type extends StepDefinition["type"]> = Extract<StepDefinition, { type: Type }>;

/** What is special to each type of step. A field that its type does not ask for is a mistake. */
const parsers: { readonly [Type in StepDefinition["type"]]: (fields: Fields) => Omit<StepOf<Type>, "dependsOn"> } = {
  worker: (fields) => ({ type: "worker", ...parseTemplate(fields), ...parseAttempts(fields) }),
  delay: (fields) => ({ type: "delay", ...parseDelay(fields) }),
  condition: (fields) => ({
    type: "condition",
    expression: fields.require("expression", fields.text("expression", mostCharacters)) ?? "",
  }),
  parallel: (fields) => ({ type: "parallel", ...parseChildren(fields), ...parseAttempts(fields) }),
  for_each: (fields) => ({ type: "for_each", ...parseForEach(fields), ...parseAttempts(fields) }),
  approval: (fields) => ({
    type: "approval",
    prompt: fields.text("prompt", mostOfPrompt, 0) ?? "",
    ...present({ timeoutMs: fields.seconds("timeout_sec") }),
  }),
};

const mostOfPrompt = 4_096;
const mostChildren = 100;
const mostParallel = 100;
const defaultParallel = 10;

/** One step of a document. Nothing when its type is unknown, so that its other fields mean nothing either. */
export function parseStep(id: string, document: unknown, mistakes: Mistakes): StepDefinition | undefined {
  const fields = new Fields(document, `steps.${id}`, mistakes);
  checkStepId(id, fields);
  const type = fields.require("type", fields.text("type", 64));
  if (type === undefined) return undefined;
  if (!isStepType(type)) {
    mistakes.add(fields.at("type"), `unknown step type "${type}"${suggestion(type, Object.keys(parsers))}`);
    return undefined;
  }
  const shared = { dependsOn: parseDependsOn(fields), ...present({ when: fields.text("when", mostCharacters) }) };
  const step: StepDefinition = { ...parsers[type](fields), ...shared };
  fields.end();
  return step;
}

function isStepType(type: string): type is StepDefinition["type"] {
  return Object.hasOwn(parsers, type);
}

/** Its jobs' ids are made of it (see `stepJobId`), and expressions name it. */
function checkStepId(id: string, { mistakes, path }: Fields): void {
  if (/^[A-Za-z][\w.-]{0,63}$/.test(id)) return;
  mistakes.add(path, 'a step id begins with a letter, and has at most 64 letters, digits, ".", "_" and "-"');
}

function parseDependsOn(fields: Fields): string[] {
  const listed = fields.list("depends_on") ?? [];
  const ids = listed.filter((id) => typeof id === "string");
  if (ids.length < listed.length) fields.mistakes.add(fields.at("depends_on"), "must be a list of step ids");
  const twice = ids.find((id, index) => ids.indexOf(id) !== index);
  if (twice !== undefined) fields.mistakes.add(fields.at("depends_on"), `names "${twice}" twice`);
  return ids;
}

/** What concerns each attempt of a job. */
function parseAttempts(fields: Fields): Pick<StepOf<"worker">, "timeoutMs" | "retry"> {
  return present({ timeoutMs: fields.seconds("timeout_sec"), retry: parseRetry(fields) });
}

function parseTemplate(fields: Fields): JobTemplate {
  const topic = fields.require("topic", fields.text("topic", 128)) ?? "";
  if (topic !== "" && !isTopic(topic)) {
    fields.mistakes.add(fields.at("topic"), `"${topic}" is no topic; one looks like "job.echo"`);
  }
  return { topic, input: fields.any("input") ?? {} };
}

/** A job template that is a value of its own. */
function parseOwnTemplate(document: unknown, path: string, mistakes: Mistakes): JobTemplate {
  const fields = new Fields(document, path, mistakes);
  const template = parseTemplate(fields);
  fields.end();
  return template;
}

function parseDelay(fields: Fields): Pick<StepOf<"delay">, "delayMs" | "untilUnixMs"> {
  const given = [fields.any("delay_sec"), fields.any("delay_until")].filter((value) => value !== undefined);
  if (given.length !== 1) fields.mistakes.add(fields.path, "a delay has either delay_sec or delay_until");
  return present({ delayMs: fields.seconds("delay_sec"), untilUnixMs: parseMoment(fields, "delay_until") });
}

function parseChildren(fields: Fields): Pick<StepOf<"parallel">, "children" | "need"> {
  const listed = fields.require("children", fields.list("children")) ?? [];
  if (listed.length > mostChildren || (fields.any("children") !== undefined && listed.length === 0)) {
    fields.mistakes.add(fields.at("children"), `must hold 1 to ${mostChildren} jobs, not ${listed.length}`);
  }
  const children = listed
    .slice(0, mostChildren)
    .map((child, index) => parseOwnTemplate(child, `${fields.at("children")}[${index}]`, fields.mistakes));
  return { children, need: parseNeed(fields, children.length) };
}

function parseNeed(fields: Fields, children: number): "all" | "any" | number {
  const need = fields.any("need") ?? "all";
  if (need === "all" || need === "any") return need;
  if (typeof need === "number") return fields.count("need", { least: 1, most: children }) ?? 1;
  fields.mistakes.add(fields.at("need"), 'must be "all", "any" or a number of children');
  return "all";
}

function parseForEach(fields: Fields): Pick<StepOf<"for_each">, "items" | "template" | "maxParallel"> {
  const items = fields.any("items");
  const isExpression = typeof items === "string";
  const listed = isExpression ? fields.text("items", mostCharacters) : fields.list("items", "a list or an expression");
  const template = fields.require("template", fields.any("template"));
  return {
    items: fields.require("items", listed) ?? [],
    template:
      template === undefined
        ? { topic: "", input: {} }
        : parseOwnTemplate(template, fields.at("template"), fields.mistakes),
    maxParallel: fields.count("max_parallel", { least: 1, most: mostParallel }) ?? defaultParallel,
  };
}
