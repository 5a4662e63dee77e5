import { expect, test } from "vitest";

import { UsageError } from "../../../core/mod.ts";
import { parseDefinition } from "./parse-definition.ts";

const worker = { type: "worker", topic: "job.x" };

test("seconds become milliseconds, and every default is filled in", () => {
  const definition = parseDefinition({
    ...{ id: "order-7", timeout_sec: 60 },
    steps: {
      charge: { ...worker, input: { n: "${input.n}" }, retry: { max_retries: 2 }, timeout_sec: 0.25 },
      large: { type: "condition", expression: "steps.charge.output > 5", depends_on: ["charge"] },
      pause: { type: "delay", delay_sec: 1.5, depends_on: ["large"], when: "steps.large.output" },
      until: { type: "delay", delay_until: "2030-01-31T09:00:00+01:00" },
      fan: { type: "parallel", children: [{ topic: "job.a" }, { topic: "job.b", input: 7 }] },
      each: { type: "for_each", items: "input.list", template: { topic: "job.c", input: "${item}" } },
      ok: { type: "approval", prompt: "Ship?", timeout_sec: 5 },
    },
  });
  const retry = { maxRetries: 2, initialBackoffMs: 1_000, maxBackoffMs: 30_000, multiplier: 2 };
  expect(definition).toEqual({
    ...{ id: "order-7", name: "order-7", timeoutMs: 60_000 },
    steps: {
      charge: { ...worker, input: { n: "${input.n}" }, retry, timeoutMs: 250, dependsOn: [] },
      large: { type: "condition", expression: "steps.charge.output > 5", dependsOn: ["charge"] },
      pause: { type: "delay", delayMs: 1_500, dependsOn: ["large"], when: "steps.large.output" },
      until: { type: "delay", untilUnixMs: Date.UTC(2030, 0, 31, 8), dependsOn: [] },
      fan: {
        ...{ type: "parallel", need: "all", dependsOn: [] },
        children: [
          { topic: "job.a", input: {} },
          { topic: "job.b", input: 7 },
        ],
      },
      each: {
        ...{ type: "for_each", items: "input.list", maxParallel: 10, dependsOn: [] },
        template: { topic: "job.c", input: "${item}" },
      },
      ok: { type: "approval", prompt: "Ship?", timeoutMs: 5_000, dependsOn: [] },
    },
  });
  expect(JSON.parse(JSON.stringify(definition)), "nothing in it is lost in storage").toEqual(definition);
  expect(Object.keys(definition.steps)[3]).toBe("until");
});

test("the whole retry policy can be given", () => {
  const retry = { max_retries: 0, initial_backoff_sec: 0.5, max_backoff_sec: 0.5, multiplier: 1 };
  expect(parseDefinition({ id: "w", steps: { a: { ...worker, retry } } }).steps["a"]).toMatchObject({
    retry: { maxRetries: 0, initialBackoffMs: 500, maxBackoffMs: 500, multiplier: 1 },
  });
});

function mistakesOf(document: unknown): string[] {
  try {
    parseDefinition(document);
  } catch (thrown) {
    expect(thrown).toBeInstanceOf(UsageError);
    const [title, ...mistakes] = (thrown as UsageError).message.split("\n  ");
    expect(title).toMatch(/^\[usage\] .* has (?:a mistake|\d+ mistakes):$/);
    return mistakes;
  }
  return [];
}

test.each<[document: unknown, mistake: string]>([
  [undefined, "the document: holds what is not JSON: undefined"],
  [[], "the document: must be an object, not a list"],
  [{ steps: { a: worker } }, "id: is missing"],
  [{ id: "", steps: { a: worker } }, "id: must not be empty"],
  [{ id: "a b", steps: { a: worker } }, 'id: may hold letters, digits, ".", "_" and "-", not "a b"'],
  [{ id: 7, steps: { a: worker } }, "id: must be a text, not 7"],
  [{ id: "w" }, "steps: is missing"],
  [{ id: "w", steps: {} }, "steps: must be 1 to 200, not 0"],
  [{ id: "w", steps: [worker] }, "steps: must be an object of steps by their ids"],
  [{ id: "w", steps: { a: worker }, timeout: 5 }, 'timeout: unknown key; did you mean "timeout_sec"?'],
  [{ id: "w", steps: { a: worker }, timeout_sec: -1 }, "timeout_sec: must be from 0.001 to 31536000, not -1"],
  [{ id: "w", steps: { a: worker }, timeout_sec: "5s" }, 'timeout_sec: must be a number, not the text "5s"'],
  [{ id: "w", steps: { a: worker }, timeout_sec: null }, "timeout_sec: must be a number, not null"],
])("%j: %s", (document, mistake) => {
  expect(mistakesOf(document)).toEqual([mistake]);
});

const step = "steps.a";
const idRule = 'a step id begins with a letter, and has at most 64 letters, digits, ".", "_" and "-"';
const children = [{ topic: "job.x" }];

test.each<[a: unknown, mistake: string]>([
  [5, `${step}: must be an object, not 5`],
  [{ topic: "job.x" }, `${step}.type: is missing`],
  [{ type: "workr", topic: "job.x" }, `${step}.type: unknown step type "workr"; did you mean "worker"?`],
  [
    { type: "constructor" },
    `${step}.type: unknown step type "constructor"; there is worker, delay, condition, parallel, for_each, approval`,
  ],
  [{ type: "worker" }, `${step}.topic: is missing`],
  [{ type: "worker", topic: "echo" }, `${step}.topic: "echo" is no topic; one looks like "job.echo"`],
  [{ ...worker, depnds_on: [] }, `${step}.depnds_on: unknown key; did you mean "depends_on"?`],
  [
    { ...worker, delay_sec: 1 },
    `${step}.delay_sec: unknown key; there is type, depends_on, when, topic, input, timeout_sec, retry`,
  ],
  [{ ...worker, depends_on: "b" }, `${step}.depends_on: must be a list, not the text "b"`],
  [{ ...worker, depends_on: [7] }, `${step}.depends_on: must be a list of step ids`],
  [{ ...worker, depends_on: ["b", "b"] }, `${step}.depends_on: names "b" twice`],
  [{ ...worker, depends_on: ["bb"] }, `${step}.depends_on: unknown step "bb"; did you mean "b"?`],
  [{ ...worker, depends_on: ["constructor"] }, `${step}.depends_on: unknown step "constructor"; there is b`],
  [{ ...worker, depends_on: ["a"] }, `${step}.depends_on: goes in a circle: a -> a`],
  [{ ...worker, timeout_sec: 0 }, `${step}.timeout_sec: must be from 0.001 to 31536000, not 0`],
  [{ ...worker, retry: 3 }, `${step}.retry: must be an object, not 3`],
  [{ ...worker, retry: { max_retries: 1.5 } }, `${step}.retry.max_retries: must be whole, not 1.5`],
  [{ ...worker, retry: { max_retries: 101 } }, `${step}.retry.max_retries: must be from 0 to 100, not 101`],
  [{ ...worker, retry: { max_retries: 1, multiplier: 0 } }, `${step}.retry.multiplier: must be from 1 to 100, not 0`],
  [
    { ...worker, retry: { max_retries: 1, backoff: 2 } },
    `${step}.retry.backoff: unknown key; did you mean "max_backoff_sec" or "initial_backoff_sec"?`,
  ],
  [
    { ...worker, retry: { max_retries: 1, max_backoff_sec: 0.5 } },
    `${step}.retry.max_backoff_sec: must not be below the first wait of 1 s`,
  ],
  [{ type: "delay" }, `${step}: a delay has either delay_sec or delay_until`],
  [
    { type: "delay", delay_sec: 1, delay_until: "2030-01-31T08:00:00Z" },
    `${step}: a delay has either delay_sec or delay_until`,
  ],
  [
    { type: "delay", delay_until: "2030-02-30T08:00:00Z" },
    `${step}.delay_until: "2030-02-30T08:00:00Z" is no moment; one looks like "2030-01-31T08:00:00Z"`,
  ],
  [
    { type: "delay", delay_until: "tomorrow" },
    `${step}.delay_until: "tomorrow" is no moment; one looks like "2030-01-31T08:00:00Z"`,
  ],
  [{ type: "condition" }, `${step}.expression: is missing`],
  [{ type: "condition", expression: "1 +" }, `${step}.expression: "1 +": Unexpected token: EOF`],
  [{ type: "condition", expression: "1 + 1" }, `${step}.expression: "1 + 1" gives int, not bool`],
  [
    { type: "condition", expression: "${input.x}" },
    `${step}.expression: "\${input.x}": Unexpected character: $; write the expression itself, without \${ and }`,
  ],
  [
    { type: "condition", expression: "true" + " || true".repeat(600) },
    `${step}.expression: must have at most 4096 characters, not 4804`,
  ],
  [
    { type: "condition", expression: "input.a.matches('(a+)+')" },
    `${step}.expression: uses matches(), whose time has no bound; use startsWith, endsWith, contains or ==`,
  ],
  [{ ...worker, when: "inptu.x" }, `${step}.when: "inptu.x": Unknown variable: inptu`],
  [
    { ...worker, when: "steps.b.output" },
    `${step}.when: reads step "b", which this step does not depend on; add it to depends_on`,
  ],
  [
    { ...worker, when: 'steps["b"].output' },
    `${step}.when: reads step "b", which this step does not depend on; add it to depends_on`,
  ],
  [
    { ...worker, depends_on: ["b"], when: "steps.bb.output" },
    `${step}.when: reads the unknown step "bb"; did you mean "b"?`,
  ],
  [{ ...worker, input: { x: ["${1 +}"] } }, `${step}.input.x[0]: "1 +": Unexpected token: EOF`],
  [
    { ...worker, input: "${input.x" },
    `${step}.input: has a \${ that is not closed; write $\${ for the characters themselves`,
  ],
  [{ ...worker, input: "a${ }" }, `${step}.input: has \${} with nothing in it`],
  [{ ...worker, input: "${item}" }, `${step}.input: "item": Unknown variable: item`],
  [{ type: "parallel" }, `${step}.children: is missing`],
  [{ type: "parallel", children: [] }, `${step}.children: must hold 1 to 100 jobs, not 0`],
  [
    { type: "parallel", children: [{ topic: "x" }] },
    `${step}.children[0].topic: "x" is no topic; one looks like "job.echo"`,
  ],
  [
    { type: "parallel", children: [{ topic: "job.x", retry: {} }] },
    `${step}.children[0].retry: unknown key; there is topic, input`,
  ],
  [{ type: "parallel", children, need: 2 }, `${step}.need: must be from 1 to 1, not 2`],
  [{ type: "parallel", children, need: 0 }, `${step}.need: must be from 1 to 1, not 0`],
  [{ type: "parallel", children, need: "some" }, `${step}.need: must be "all", "any" or a number of children`],
  [{ type: "for_each", items: [1] }, `${step}.template: is missing`],
  [{ type: "for_each", template: { topic: "job.x" } }, `${step}.items: is missing`],
  [
    { type: "for_each", items: 5, template: { topic: "job.x" } },
    `${step}.items: must be a list or an expression, not 5`,
  ],
  [
    { type: "for_each", items: "size(input)", template: { topic: "job.x" } },
    `${step}.items: "size(input)" gives int, not list`,
  ],
  [
    { type: "for_each", items: [1], template: { topic: "job.x" }, max_parallel: 0 },
    `${step}.max_parallel: must be from 1 to 100, not 0`,
  ],
  [{ type: "approval", prompt: 5 }, `${step}.prompt: must be a text, not 5`],
])("a step %j: %s", (a, mistake) => {
  expect(mistakesOf({ id: "w", steps: { a, b: worker } })).toEqual([mistake]);
});

test.each(["a:b", "a@1", "a[0]", "", "1st", "__proto__", "a".repeat(65)])("%j cannot be a step's id", (id) => {
  const steps = JSON.parse(`{${JSON.stringify(id)}:{"type":"approval"}}`) as object;
  expect(mistakesOf({ id: "w", steps })).toEqual([`steps.${id}: ${idRule}`]);
});

test("a circle is named from its beginning to its end", () => {
  const steps = {
    z: { ...worker, depends_on: ["a"] },
    a: { ...worker, depends_on: ["b"] },
    b: { ...worker, depends_on: ["c"] },
    c: { ...worker, depends_on: ["a"] },
  };
  expect(mistakesOf({ id: "w", steps })).toEqual(["steps.a.depends_on: goes in a circle: a -> b -> c -> a"]);
});

test("all mistakes are told at once, but no more than anyone would read", () => {
  const bad = { type: "worker", topic: "x", timeout_sec: 0 };
  expect(mistakesOf({ id: "w", steps: { a: bad, b: bad } })).toHaveLength(4);
  const many = Object.fromEntries(Array.from({ length: 200 }, (_, index) => [`s${index}`, bad]));
  const mistakes = mistakesOf({ id: "w", steps: many });
  expect(mistakes).toHaveLength(21);
  expect(mistakes.at(-1)).toBe("and 380 more");
});

test("a workflow has a size", () => {
  const many = Object.fromEntries(Array.from({ length: 201 }, (_, index) => [`s${index}`, worker]));
  expect(mistakesOf({ id: "w", steps: many })).toEqual(["steps: must be 1 to 200, not 201"]);
  const [large] = mistakesOf({ id: "w", steps: { a: { ...worker, input: "x".repeat(262_144) } } });
  expect(large).toMatch(/^the document: has \d+ characters; the most is 262144$/);
  const deep: unknown = JSON.parse(`${"[".repeat(10_000)}${"]".repeat(10_000)}`);
  expect(mistakesOf({ id: "w", steps: { a: { ...worker, input: deep } } })).toEqual([
    "the document: is nested more than 64 deep",
  ]);
});
