import { cpSync, existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

interface Lockfile {
  readonly packages: Readonly<Record<string, { readonly dev?: boolean; readonly devOptional?: boolean }>>;
}

/** The packages of a lockfile that a production install has, by their paths: `node_modules/fastify`. */
export function productionPaths(lockfile: Lockfile): string[] {
  return Object.entries(lockfile.packages)
    .filter(([path, { dev, devOptional }]) => path !== "" && dev !== true && devOptional !== true)
    .map(([path]) => path);
}

/** Copies what `npm ci --omit=dev` would install, from what is installed here. What is optional may not be here. */
export function copyProductionModules(root: string, target: string): void {
  const lockfile = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8")) as Lockfile;
  for (const path of productionPaths(lockfile)) {
    if (existsSync(join(root, path))) copyPackage(join(root, path), join(target, path));
  }
}

/** Without the packages inside of it: those are listed by themselves. */
function copyPackage(from: string, to: string): void {
  const nested = join(from, "node_modules");
  cpSync(from, to, { recursive: true, filter: (path) => path !== nested });
}
