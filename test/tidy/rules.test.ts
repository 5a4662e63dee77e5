import { describe, expect, test } from "vitest";

import { rules } from "./rules.ts";
import type { TreeFile } from "./tree.ts";

type Files = Readonly<Record<string, string>>;

/** For each rule, trees that break it, with what it has to say, and a tree that comes close and is fine. */
const plants: Record<
  keyof typeof rules,
  { readonly broken: readonly (readonly [Files, string])[]; readonly fine: Files }
> = {
  "nothing imports upward or sideways": {
    broken: [
      [{ "core/a.ts": 'import { b } from "../reference/b.ts";' }, "core/a.ts imports reference/b.ts"],
      [{ "core/a.ts": 'import {\n  type B,\n} from "../reports/b.ts";' }, "core/a.ts imports reports/b.ts"],
      [{ "core/a.ts": 'import { b } from "zod";' }, "core has no npm imports"],
      [{ "chaos/a.ts": 'export * from "../loadgen/b.ts";' }, "chaos/a.ts imports loadgen/b.ts"],
      [{ "worlds/a.ts": 'const b = await import("../cli/b.ts");' }, "worlds/a.ts imports cli/b.ts"],
      [{ "reference/domain/a.ts": 'import "../ports/b.ts";' }, "imports reference/ports/b.ts"],
      [{ "reference/gateway/a.ts": 'import { b } from "../worker/b.ts";' }, "imports reference/worker/b.ts"],
      [{ "reference/outbox/a.ts": 'import { b } from "../adapters/b.ts";' }, "imports reference/adapters/b.ts"],
      [{ "reference/worker/a.ts": 'import { b } from "../plane.ts";' }, "imports reference/plane.ts"],
      [{ "reference/worker/a.ts": 'import { Redis } from "ioredis";' }, "only adapters open connections"],
    ],
    fine: {
      "core/a.ts": 'import { b } from "./b.ts";\nimport { join } from "node:path";',
      "core/a.test.ts": 'import { b } from "../cli/b.ts";',
      "cli/a.ts": 'import { b } from "../worlds/b.ts";\nimport version from "../package.json" with { type: "json" };',
      "reference/without/a.ts": 'import type { B } from "../worker/b.ts";',
      "reference/plane.ts": 'import { b } from "./adapters/b.ts";\nimport { c } from "./gateway/c.ts";',
      "reference/worker/a.ts": 'import { b } from "../ports/mod.ts";\nimport type { Running } from "../running.ts";',
      "reference/adapters/a.ts": 'import { Redis } from "ioredis";',
    },
  },
  "who comes from another folder enters by its mod.ts": {
    broken: [[{ "cli/a.ts": 'import { b } from "../core/b.ts";', "core/mod.ts": "" }, "import core/mod.ts instead"]],
    fine: { "cli/a.ts": 'import { b } from "../core/mod.ts";', "core/mod.ts": 'export * from "./b.ts";' },
  },
  "what ships does not lean on its tests": {
    broken: [[{ "core/a.ts": 'import { b } from "./b.test-support.ts";' }, "core/a.ts imports core/b.test-support.ts"]],
    fine: { "core/a.test.ts": 'import { b } from "./b.test-support.ts";', "core/b.test-support.ts": "" },
  },
  "imports form no ring": {
    broken: [
      [
        {
          "core/a.ts": 'import { b } from "./b.ts";',
          "core/b.ts": 'export * from "./c.ts";',
          "core/c.ts": 'import type { A } from "./a.ts";',
        },
        "core/a.ts -> core/b.ts -> core/c.ts -> core/a.ts",
      ],
      [{ "core/self.ts": 'import { self } from "./self.ts";' }, "core/self.ts -> core/self.ts"],
    ],
    fine: {
      "core/a.ts": 'import { b } from "./b.ts";\nimport { c } from "./c.ts";',
      "core/b.ts": 'import { c } from "./c.ts";',
    },
  },
  "a file has at most 300 lines": {
    broken: [[{ "core/a.ts": "1;\n".repeat(301) }, "core/a.ts has 301 lines"]],
    fine: { "core/a.ts": "1;\n".repeat(300) },
  },
  "a comment has at most 120 columns": {
    broken: [
      [{ "core/a.ts": `\n/** ${"a".repeat(117)}` }, "core/a.ts:2 is 121 wide"],
      [{ "core/a.lua": `local a = ${"1".repeat(111)}` }, "core/a.lua:1 is 121 wide"],
    ],
    fine: { "core/a.ts": `/** ${"a".repeat(116)}\nconst a = "${"a".repeat(120)}";` },
  },
  "code is named in kebab-case": {
    broken: [
      [{ "core/fooBar.ts": "" }, "core/fooBar.ts"],
      [{ "reference/adapters/foo_bar.lua": "" }, "foo_bar.lua"],
    ],
    fine: { "core/foo-bar.ts": "", "core/foo-bar.property.test.ts": "", "vitest.config.ts": "", "README.md": "" },
  },
  "a file's name says what is inside": {
    broken: [
      [{ "core/utils.ts": "" }, "core/utils.ts would fit anything"],
      [{ "core/http-helper.ts": "" }, "core/http-helper.ts would fit anything"],
      [{ "worlds/common/a.ts": "" }, "worlds/common/a.ts would fit anything"],
    ],
    fine: { "core/uncommon.ts": "" },
  },
  "a test lies beside what it tests": {
    broken: [
      [{ "core/a.test.ts": 'import { a } from "../reference/a.ts";' }, "core/a.test.ts tests nothing in its folder"],
      [{ "worlds/tests/a.test.ts": 'import { a } from "../a.ts";' }, "worlds/tests/a.test.ts"],
      [{ "core/a.test.ts": 'import { a } from "./a.test-support.ts";' }, "core/a.test.ts"],
    ],
    fine: {
      "core/a.test.ts": 'import { a } from "./a.test-support.ts";',
      "core/a.ts": "",
      "chaos/outage.test.ts": 'import { pause } from "./faults/pause.ts";',
      "test/d.test.ts": 'import { d } from "../core/mod.ts";',
    },
  },
  "what is exported is documented": {
    broken: [
      [{ "core/a.ts": "export const a = 1;" }, "core/a.ts:1 has no doc comment: export const a"],
      [{ "core/a.ts": "/** A. */\nexport const a = 1;\n\nexport async function b() {}" }, "export async function b"],
      [{ "core/a.ts": "/** A. */\nexport const a = 1;\n\nexport const b = 2;" }, "core/a.ts:4"],
      [{ "core/a.ts": "// Not for readers.\nexport interface A {}" }, "export interface A"],
      [{ "scenarios/a.ts": "\nexport default scenario({});" }, "export default scenario"],
    ],
    fine: {
      "core/a.ts":
        "/** A. */\nexport const a = 1;\nexport const b = 1;\n\n/**\n * B.\n */\nexport function b(): void;\nexport function b() {}",
      "core/mod.ts": 'export * from "./a.ts";\nexport type { A } from "./b.ts";',
      "core/a.test.ts": "export const a = 1;",
      "vitest.config.ts": "export default defineConfig({});",
    },
  },
  "no test is left out": {
    broken: ["only", "skip", "todo"].map(
      (word) => [{ "core/a.test.ts": `test.${word}("a", b);` }, `test.${word}`] as const,
    ),
    fine: { "core/a.test.ts": 'test("skip", b);', "core/a.ts": "queue.skip();" },
  },
  "no test sleeps": {
    broken: [
      [{ "core/a.test.ts": "\nawait new Promise((done) => setTimeout(done, 100));" }, "core/a.test.ts:2"],
      [{ "core/a.test.ts": "await delay(100);" }, "await delay("],
    ],
    fine: {
      "core/a.test.ts": 'const text = "setTimeout(done, 100)"; // await delay(1)',
      "core/a.ts": "setTimeout(a, 1);",
    },
  },
  "no tool is silenced": {
    broken: ["@ts-IGNORE", "@ts-EXPECT-ERROR", "oxlint-DISABLE-next-line", "eslint-DISABLE", "oxfmt-IGNORE"]
      .map((mark) => mark.toLowerCase())
      .map((mark) => [{ "core/a.ts": `1;\n// ${mark}` }, "core/a.ts:2"] as const),
    fine: { "core/a.ts": "// TypeScript ignores this." },
  },
  "no error is swallowed in silence": {
    broken: [
      [{ "core/a.ts": "\nawait a().catch(() => undefined);" }, "core/a.ts:2"],
      [{ "core/a.ts": "a().catch((error) => {});" }, "core/a.ts:1"],
      [{ "core/a.ts": "try {\n  a();\n} catch {\n}" }, "core/a.ts:3"],
    ],
    fine: {
      "core/a.ts": "// It has been logged.\na().catch(() => undefined);\ntry {\n} catch {\n  // It is gone already.\n}",
      "core/b.ts": "a().catch((error) => log(error));\na().catch(() => {\n  // It is gone already.\n});",
    },
  },
  "the wall clock is read through a port": {
    broken: [[{ "checks/a.ts": "const now = new Date();" }, "checks/a.ts:1"]],
    fine: { "checks/a.ts": "const then = new Date(unixMs); // not new Date()", "cli/a.ts": "new Date()" },
  },
  "no path of one machine is written down": {
    broken: [
      [{ "README.md": "Run it in /home/me/seatrial." }, 'README.md:1 says "/home/me"'],
      [{ "core/a.ts": 'const folder = "/root/runs";' }, "core/a.ts:1"],
    ],
    fine: {
      "README.md": "Run it in ~/mnt/seatrial, see https://example.org/home/me.",
      "core/a.ts": "GET /api/v1/work",
    },
  },
  "temporary files go where the system wants them": {
    broken: [[{ "core/a.ts": 'const folder = "/tmp/runs";' }, "core/a.ts:1"]],
    fine: { "core/a.ts": "const folder = tmpdir();", "README.md": "`/tmp`" },
  },
  "the tree does not talk of its making": {
    broken: [[{ "core/a.ts": "// As the brief says." }, 'core/a.ts:1 says "the brief"']],
    fine: { "core/a.ts": "// In brief: the scheduler takes the lead." },
  },
  "a page has one title": {
    broken: [
      [{ "docs/a.md": "Text." }, "docs/a.md has 0 titles"],
      [{ "docs/a.md": "# A\n\n# B" }, "docs/a.md has 2 titles"],
      [{ "docs/a.md": "Text.\n\n# A" }, "does not open with its title"],
    ],
    fine: { "docs/a.md": "<!-- Generated. -->\n\n# A\n\n## B\n\n```sh\n# a comment\n```" },
  },
  "a link leads somewhere": {
    broken: [[{ "docs/a.md": "\n[b](b.md)" }, "docs/a.md:2 links to b.md"]],
    fine: {
      "docs/a.md": "[b](b.md#c) [c](../core/) [d](https://example.org) ![e](e.png)",
      "docs/b.md": "",
      "docs/e.png": "",
      "core/a.ts": "",
    },
  },
  "a page that is named exists": {
    broken: [
      [{ "core/a.ts": "/** See docs/GONE.md. */" }, "core/a.ts:1 names docs/GONE.md"],
      [{ "docs/a.md": "See `GONE.md`." }, "docs/a.md:1 names GONE.md"],
    ],
    fine: {
      "core/a.ts": "/** See docs/HERE.md. It writes summary.md and runs/<id>/summary.md. */",
      "docs/HERE.md": "",
    },
  },
  "the lockfile names no address": {
    broken: [[{ "package-lock.json": '{"packages":{"node_modules/a":{"resolved":"a.tgz"}}}' }, "node_modules/a"]],
    fine: { "package-lock.json": '{"packages":{"node_modules/a":{"version":"1.0.0"}}}' },
  },
  "the lockfile is complete": {
    broken: [
      [
        { "package-lock.json": '{"packages":{"node_modules/a":{"optionalDependencies":{"b":"1.0.0"}}}}' },
        "b, optional for",
      ],
    ],
    fine: {
      "package-lock.json":
        '{"packages":{"node_modules/a":{"optionalDependencies":{"b":"1.0.0"}},"node_modules/b":{"version":"1.0.0"}}}',
    },
  },
};

describe.each(Object.entries(plants))("%s", (sentence, { broken, fine }) => {
  const rule = rules[sentence] ?? (() => []);

  test.each(broken)("sees %j", (files, complaint) => {
    const complaints = rule(treeOf(files));
    expect(complaints).toHaveLength(1);
    expect(complaints[0]).toContain(complaint);
  });

  test("is content with what comes close", () => {
    expect(rule(treeOf(fine))).toEqual([]);
  });
});

test("every rule has been seen to go red", () => {
  expect(Object.keys(plants)).toEqual(Object.keys(rules));
});

function treeOf(files: Files): TreeFile[] {
  return Object.entries(files).map(([path, text]) => ({ path, text }));
}
