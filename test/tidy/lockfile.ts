import type { Rule } from "./tree.ts";

interface Lockfile {
  readonly packages: Readonly<Record<string, LockedPackage>>;
}

interface LockedPackage {
  readonly version?: string;
  readonly resolved?: string;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

/** The lockfile names versions and no addresses, so that `npm ci` asks whichever registry the reader has. */
export const lockfileNamesNoAddress: Rule = (files) =>
  lockfilesOf(files).flatMap(({ path, packages }) =>
    Object.entries(packages)
      .filter(([, locked]) => locked.resolved !== undefined)
      .map(([name]) => `${path}: ${name} has a resolved address; .npmrc keeps it out, so install again`),
  );

/** Every optional package of every platform is locked, or `npm ci` refuses the lockfile on all of them. */
export const lockfileIsComplete: Rule = (files) =>
  lockfilesOf(files).flatMap(({ path, packages }) =>
    Object.entries(packages).flatMap(([name, locked]) =>
      Object.keys(locked.optionalDependencies ?? {})
        .filter((wanted) => !isLocked(packages, name, wanted))
        .map((wanted) => `${path}: ${wanted}, optional for ${name}, is not locked; npm ci would refuse`),
    ),
  );

function isLocked(packages: Lockfile["packages"], parent: string, wanted: string): boolean {
  return [`node_modules/${wanted}`, `${parent}/node_modules/${wanted}`].some((path) => packages[path]?.version);
}

function lockfilesOf(files: Parameters<Rule>[0]): ({ path: string } & Lockfile)[] {
  return files
    .filter(({ path }) => path === "package-lock.json")
    .map(({ path, text }) => ({ path, ...(JSON.parse(text) as Lockfile) }));
}
