import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { parse } from "yaml";

/** A service of a compose file, as it is written there. */
export type Service = Readonly<Record<string, unknown>>;

/** Where the project's own files are. */
export const projectRoot = fileURLToPath(new URL("../../../", import.meta.url));

/** The files that every trial is based on, in the order that compose reads them. */
export const baseFiles: readonly string[] = ["docker-compose.yml", "docker-compose.ha.yaml"].map((name) =>
  join(projectRoot, name),
);

/** The services of the overlay: it has the second replica of each role, which further ones are like. */
export function overlayServices(): Readonly<Record<string, Service>> {
  const text = readFileSync(join(projectRoot, "docker-compose.ha.yaml"), "utf8");
  return (parse(text) as { readonly services: Readonly<Record<string, Service>> }).services;
}
