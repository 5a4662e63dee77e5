import * as fc from "fast-check";

const seconds = fc.integer({ min: 1, max: 50 }).map((tenths) => tenths / 10);

/** Some of the fields, each of them left out half of the time. */
const sometimes = (fields: Record<string, fc.Arbitrary<unknown>>): fc.Arbitrary<object> =>
  fc.record(fields, { requiredKeys: [] });

const attempts = sometimes({
  retry: fc.record({ max_retries: fc.nat({ max: 3 }), initial_backoff_sec: seconds, max_backoff_sec: fc.constant(20) }),
  timeout_sec: seconds,
});

const template = { topic: "job.x", input: { list: "${input.list}" } };

const kinds: readonly fc.Arbitrary<object>[] = [
  attempts.map((extra) => ({ type: "worker", ...template, ...extra })),
  seconds.map((delay_sec) => ({ type: "delay", delay_sec })),
  fc.boolean().map((yes) => ({ type: "condition", expression: yes ? "size(input.list) > 0" : "input.list == []" })),
  fc
    .tuple(fc.integer({ min: 1, max: 4 }), attempts, fc.constantFrom("all", "any", "number"), fc.nat())
    .map(([count, extra, need, seed]) => ({
      ...{ type: "parallel", children: Array.from({ length: count }, () => template), ...extra },
      need: need === "number" ? 1 + (seed % count) : need,
    })),
  fc
    .tuple(fc.integer({ min: 1, max: 3 }), attempts, fc.option(fc.nat({ max: 6 }), { nil: undefined }))
    .map(([max_parallel, extra, count]) => ({
      ...{ type: "for_each", max_parallel, ...extra },
      items: count === undefined ? "input.list" : Array.from({ length: count }, (_, index) => index),
      template: { topic: "job.x", input: { item: "${item}", index: "${index}" } },
    })),
  sometimes({ timeout_sec: seconds }).map((extra) => ({ type: "approval", ...extra })),
];

/** A step before it knows what it depends on: which of those before it, by their places. */
const step = fc.record({
  body: fc.oneof(...kinds),
  after: fc.array(fc.nat({ max: 7 }), { maxLength: 3 }),
  when: fc.option(fc.constantFrom("true", "false", "size(input.list) > 2"), { nil: undefined, freq: 3 }),
});

/** Documents of workflows whose steps wait for some of those before them; their input has a `list`. */
export const randomDocument: fc.Arbitrary<object> = fc
  .tuple(fc.array(step, { minLength: 1, maxLength: 8 }), fc.option(seconds, { nil: undefined }))
  .map(([steps, timeout]) => ({
    ...{ id: "w", ...(timeout === undefined ? {} : { timeout_sec: timeout * 5 }) },
    steps: Object.fromEntries(
      steps.map(({ body, after, when }, index) => [
        `s${index}`,
        {
          ...body,
          depends_on: [...new Set(after.filter((other) => other < index))].map((other) => `s${other}`),
          ...(when === undefined ? {} : { when }),
        },
      ]),
    ),
  }));
