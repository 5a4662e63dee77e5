import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** A file of the project. */
export interface TreeFile {
  /** From the root, with slashes: `core/clock.ts`. */
  readonly path: string;
  /** Empty for a picture. */
  readonly text: string;
}

/** Looks at all files and says what is wrong, one sentence a violation, each led by its place. */
export type Rule = (files: readonly TreeFile[]) => string[];

const textFile = /(?:\.(?:ts|lua|md|json|jsonc|ya?ml|sh|html|css)|\/(?:run|Dockerfile)|LICENSE|\.npmrc|\.gitignore)$/;

/** Every file below a folder, but for what `.gitignore` leaves out. */
export function readTree(root: string): TreeFile[] {
  const ignored = new Set([".git/", ...readFileSync(join(root, ".gitignore"), "utf8").split("\n")]);
  return pathsBelow(root, "", ignored).map((path) => ({
    path,
    text: textFile.test(`/${path}`) ? readFileSync(join(root, path), "utf8") : "",
  }));
}

function pathsBelow(root: string, folder: string, ignored: ReadonlySet<string>): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return ignored.has(`${entry.name}/`) ? [] : pathsBelow(root, path, ignored);
    return entry.isFile() ? [path] : [];
  });
}

/** Whether a file is TypeScript that ships: no test. */
export function isSource({ path }: TreeFile): boolean {
  return path.endsWith(".ts") && !isTest({ path });
}

/** Whether a file is a test, or what only tests use: `a.test.ts`, `a.test-support.ts`. */
export function isTest({ path }: Pick<TreeFile, "path">): boolean {
  return /\.test(?:-support)?\.ts$/.test(path);
}

/** Every place where a pattern (with the `g` flag) occurs, as `path:line`, with what was found there. */
export function placesOf(pattern: RegExp, { path, text }: TreeFile): { place: string; found: string }[] {
  return [...text.matchAll(pattern)].map((match) => ({
    place: `${path}:${text.slice(0, match.index).split("\n").length}`,
    found: match[0],
  }));
}

const quotedOrComment = /\/\*[\s\S]*?\*\/|\/\/.*|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\])*`/g;

/** The file with its comments and quoted texts blanked, lines kept, so that a rule sees code alone. */
export function codeOf({ path, text }: TreeFile): TreeFile {
  return { path, text: text.replaceAll(quotedOrComment, (part) => part.replaceAll(/[^\n]/g, " ")) };
}
