import { basename, dirname } from "node:path";

import { importsOf } from "./imports.ts";
import { isSource, isTest, placesOf, type Rule } from "./tree.ts";

const kebabCase = /^[a-z0-9]+(?:[-.][a-z0-9]+)*$/;
const vague = /(?:^|[/.-])(?:utils?|helpers?|common|managers?|misc)(?=[/.-])/;

/** Code is named in kebab-case, so that a name is the same on every file system. */
export const kebabCaseNames: Rule = (files) =>
  files
    .filter(({ path }) => /\.(?:ts|lua|sh)$/.test(path) && !kebabCase.test(basename(path)))
    .map(({ path }) => `${path} is not in kebab-case`);

/** A name says what is inside; these would fit anything. */
export const tellingNames: Rule = (files) =>
  files.filter(({ path }) => vague.test(path)).map(({ path }) => `${path} would fit anything: name what is inside`);

/**
 * A test lies beside what it tests: a file of its name, or whatever it imports from its own folder. Those of the
 * whole project lie in `test`.
 */
export const testsBesideTheirSource: Rule = (files) => {
  const atHome = importsOf(files).filter(({ from, to }) => to.startsWith(`${dirname(from)}/`) && !isTest({ path: to }));
  const settled = new Set(atHome.map(({ from }) => from));
  for (const { path } of files.filter(isSource)) settled.add(path.replace(/\.ts$/, ".test.ts"));
  return files
    .filter(({ path }) => path.endsWith(".test.ts") && !path.startsWith("test/") && !settled.has(path))
    .map(({ path }) => `${path} tests nothing in its folder: move it beside what it tests`);
};

/** An export with no doc comment above it, be it its own or, for signatures and constants in a row, the first one's. */
const undocumented =
  /(?<!\*\/\n|^export (?:(?:async )?function|const) .*;\n)^export (?:default|(?:async )?function|(?:abstract )?class|(?:interface|type|const) \w).*/gm;

/** Whatever a file offers to others says what it is for. */
export const documentedExports: Rule = (files) =>
  files
    .filter((file) => isSource(file) && !file.path.endsWith(".config.ts"))
    .flatMap((file) => placesOf(undocumented, file))
    .map(({ place, found }) => `${place} has no doc comment: ${found}`);
