import { placesOf, type Rule } from "./tree.ts";

const linesAtMost = 300;
const columnsAtMost = 120;

/** A file is one idea. Functions are measured by the linter: `max-lines-per-function` and `complexity`. */
export const fileSize: Rule = (files) =>
  files
    .filter(({ path }) => /\.(?:ts|lua)$/.test(path))
    .map(({ path, text }) => ({ path, lines: text.trimEnd().split("\n").length }))
    .filter(({ lines }) => lines > linesAtMost)
    .map(({ path, lines }) => `${path} has ${lines} lines: more than ${linesAtMost} hold a second idea; split it`);

/** A comment, or a line of Lua, fits beside another; the formatter sees to the rest. */
export const lineWidth: Rule = (files) =>
  files
    .filter(({ path }) => /\.(?:ts|lua)$/.test(path))
    .flatMap((file) => placesOf(file.path.endsWith(".lua") ? /^.*$/gm : /^ *(?:\*|\/\/|\/\*\*).*$/gm, file))
    .filter(({ found }) => found.length > columnsAtMost)
    .map(({ place, found }) => `${place} is ${found.length} wide: break it at ${columnsAtMost}`);
