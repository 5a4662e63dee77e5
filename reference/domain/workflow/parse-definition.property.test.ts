import * as fc from "fast-check";
import { expect, test } from "vitest";

import { workflowDocument } from "../../gateway/workflow-view.ts";
import { parseDefinition } from "./parse-definition.ts";
import { randomDocument } from "./random-definition.test-support.ts";

test("a workflow, as the API shows it, can be registered again", () => {
  fc.assert(
    fc.property(randomDocument, (document) => {
      const definition = parseDefinition(document);
      expect(parseDefinition(workflowDocument(definition))).toEqual(definition);
    }),
  );
});

test("whatever JSON it is given, it is a workflow or a clear error", () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.jsonValue(), (step, other) => {
      for (const document of [
        step,
        { id: "w", steps: { a: step, b: { type: "worker", topic: "job.x", input: other } } },
      ]) {
        try {
          parseDefinition(document);
        } catch (thrown) {
          expect(String(thrown)).toMatch(/^UsageError: \[usage\] (?:the workflow|workflow "w") has /);
        }
      }
    }),
    { numRuns: 300 },
  );
});

const fieldNames = ["type", "topic", "input", "retry", "when", "items", "children", "need", "delay_sec", "expression"];
const stepTypes = ["worker", "delay", "condition", "parallel", "for_each", "approval"];

test("nor does a step with known fields of any kind bring it down", () => {
  const anything = fc.oneof(fc.jsonValue(), fc.constantFrom("${", "${input", "input.x", 1, -1, 0.5, []));
  const step = fc.tuple(fc.constantFrom(...stepTypes), fc.dictionary(fc.constantFrom(...fieldNames), anything));
  fc.assert(
    fc.property(step, ([type, fields]) => {
      try {
        parseDefinition({ id: "w", steps: { a: { ...fields, type } } });
      } catch (thrown) {
        expect(String(thrown)).toMatch(/^UsageError: \[usage\] workflow "w" has /);
      }
    }),
    { numRuns: 500 },
  );
});
