import { importsOf, type Import } from "./imports.ts";
import { isTest, type Rule } from "./tree.ts";

const everyone = [
  ...["core", "statistics", "capacity", "reference", "sim", "worlds"],
  ...["chaos", "loadgen", "checks", "scenarios", "reports"],
];

/** Which folder may import which. Read it from the top: nothing imports upward or sideways. */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  core: [],
  statistics: ["core"],
  capacity: ["core"],
  reference: ["core"],
  sim: ["core"],
  chaos: ["core"],
  loadgen: ["core"],
  checks: ["core"],
  worlds: ["core", "reference", "sim"],
  deploy: ["core", "worlds"],
  reports: ["core", "checks", "capacity", "statistics"],
  scenarios: ["core", "checks", "chaos", "loadgen"],
  cli: everyone,
  test: [...everyone, "cli"],
  ".": [...everyone, "cli", "test"],
};

/**
 * The same inside `reference`. A folder without a line here is a role or a part, and keeps to `part`: it meets others
 * on the bus alone. `replica` is what roles run by, whatever they do; `without` holds what a safeguard's absence puts
 * in a role's place.
 */
const mayImportInReference: Readonly<Record<string, readonly string[]>> = {
  domain: [],
  config: ["domain"],
  ports: ["domain", "config"],
  adapters: ["domain", "ports", "config", "running.ts"],
  replica: ["domain", "ports", "config"],
  without: ["domain", "ports", "config", "gateway", "scheduler", "workflow", "worker"],
  part: ["domain", "ports", "config", "replica", "running.ts"],
};

/** Libraries that open a connection. */
const clientLibrary = /^(?:ioredis|bullmq|undici|@nats-io\/)/;

/** Every import goes the way of the tables above. Tests may look wherever they like, and anyone at the version. */
export const layers: Rule = (files) =>
  importsOf(files)
    .filter(({ from, to }) => !isTest({ path: from }) && to !== "package.json")
    .flatMap((each) => (each.isPackage ? ofPackage(each) : ofFile(each)));

/** Whoever comes from another top folder enters by its `mod.ts`, where there is one. */
export const doors: Rule = (files) => {
  const paths = new Set(files.map(({ path }) => path));
  return importsOf(files)
    .filter(({ from, to, isPackage }) => !isPackage && !isTest({ path: from }) && topOf(from) !== topOf(to))
    .filter(({ to }) => paths.has(`${topOf(to)}/mod.ts`) && to !== `${topOf(to)}/mod.ts`)
    .map(({ from, to }) => `${from} imports ${to}: import ${topOf(to)}/mod.ts instead`);
};

/** What ships does not lean on what tests it. */
export const noTestShips: Rule = (files) =>
  importsOf(files)
    .filter(({ from, to }) => !isTest({ path: from }) && isTest({ path: to }))
    .map(({ from, to }) => `${from} imports ${to}: only tests may`);

function ofPackage({ from, to }: Import): string[] {
  const isNode = to.startsWith("node:");
  if (topOf(from) === "core" && !isNode) return [`${from} imports ${to}: core has no npm imports`];
  if (topOf(from) === "reference" && clientLibrary.test(to) && !from.startsWith("reference/adapters/")) {
    return [`${from} imports ${to}: only adapters open connections; ask a port`];
  }
  return [];
}

function ofFile({ from, to }: Import): string[] {
  const [source, target] = [topOf(from), topOf(to)];
  const allowed =
    source === target
      ? source !== "reference" || allowedInReference(from, to)
      : (mayImport[source] ?? []).includes(target);
  return allowed ? [] : [`${from} imports ${to}: see the tables in test/tidy/layers.ts`];
}

function allowedInReference(from: string, to: string): boolean {
  const [source, target] = [partOf(from), partOf(to)];
  const isRoot = source.endsWith(".ts");
  if (isRoot || source === target) return true;
  return (mayImportInReference[source] ?? mayImportInReference["part"] ?? []).includes(target);
}

/** `core` of `core/clock.ts`; `.` of a file at the root. */
function topOf(path: string): string {
  const [top = "", rest] = path.split("/");
  return rest === undefined ? "." : top;
}

/** `gateway` of `reference/gateway/gateway.ts`; `plane.ts` of `reference/plane.ts`. */
function partOf(path: string): string {
  return path.split("/")[1] ?? "";
}
