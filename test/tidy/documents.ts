import { dirname, join } from "node:path";

import { placesOf, type Rule, type TreeFile } from "./tree.ts";

const fencedBlock = /^(?<fence>```+|~~~+)[\s\S]*?^\k<fence>/gm;

/** A page opens with its title, and has only one. */
export const oneTitleAPage: Rule = (files) =>
  files.filter(isPage).flatMap(({ path, text }) => {
    const prose = text.replaceAll(fencedBlock, "").replace(/^<!--[\s\S]*?-->\s*/, "");
    const titles = prose.match(/^# .+/gm) ?? [];
    if (titles.length !== 1) return [`${path} has ${titles.length} titles: it needs one`];
    return prose.startsWith("# ") ? [] : [`${path} does not open with its title`];
  });

/** A link leads somewhere. */
export const linksLeadSomewhere: Rule = (files) => {
  const known = knownPaths(files);
  return files
    .filter(isPage)
    .flatMap((file) => placesOf(/\]\((?!https?:|#|mailto:)[^)\s]+\)/g, file).map((each) => ({ ...each, file })))
    .map(({ place, found, file }) => ({ place, target: found.slice(2, -1).replace(/#.*/, ""), file }))
    .filter(({ target, file }) => !known.has(join(dirname(file.path), target).replace(/\/$/, "")))
    .map(({ place, target }) => `${place} links to ${target}, which is not there`);
};

/** A page that a sentence or a comment sends the reader to is in the tree. */
export const namedPagesExist: Rule = (files) => {
  const known = knownPaths(files);
  const pageName = /(?<![\w/.<{$*-])(?:(?:[\w-]+\/)+[\w.-]+|[A-Z][A-Z_-]+)\.md\b/g;
  return files
    .filter(({ path }) => /\.(?:ts|md)$/.test(path) && !path.endsWith(".test.ts"))
    .flatMap((file) => placesOf(pageName, file).map((each) => ({ ...each, file })))
    .filter(({ found, file }) => !known.has(found) && !known.has(join(dirname(file.path), found)))
    .map(({ place, found }) => `${place} names ${found}, which is not there`);
};

function isPage({ path }: TreeFile): boolean {
  return path.endsWith(".md");
}

function knownPaths(files: readonly TreeFile[]): Set<string> {
  return new Set(files.flatMap(({ path }) => ancestors(path)));
}

/** A path and every folder above it. */
function ancestors(path: string): string[] {
  const parent = dirname(path);
  return parent === "." ? [path, "."] : [path, ...ancestors(parent)];
}
