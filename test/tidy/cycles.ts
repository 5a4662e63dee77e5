import { importsOf } from "./imports.ts";
import type { Rule } from "./tree.ts";

/** No file imports itself by way of others, not even for a type. */
export const noCycles: Rule = (files) => {
  const targets = Map.groupBy(
    importsOf(files).filter(({ isPackage }) => !isPackage),
    ({ from }) => from,
  );
  const next = (path: string): string[] => (targets.get(path) ?? []).map(({ to }) => to);
  const cycles = [...targets.keys()].map((path) => wayBack(path, next)).filter((way) => way !== undefined);
  const oncePerRing = new Map(cycles.toReversed().map((way) => [way.toSorted().join(), way]));
  return [...oncePerRing.values()].map((way) => `${[...way, way[0]].join(" -> ")}: break this ring of imports`);
};

/** The shortest way from a file back to itself. */
function wayBack(start: string, next: (path: string) => string[]): string[] | undefined {
  const ways = [[start]];
  const seen = new Set<string>();
  for (const way of ways) {
    for (const path of next(way.at(-1) ?? start)) {
      if (path === start) return way;
      if (!seen.has(path)) ways.push([...way, path]);
      seen.add(path);
    }
  }
  return undefined;
}
