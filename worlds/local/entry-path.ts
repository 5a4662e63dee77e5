import { fileURLToPath } from "node:url";

/**
 * Path of a module in this folder that is run as a process of its own: TypeScript from the tree, JavaScript from a
 * published package.
 */
export function entryPath(name: string, base: string): string {
  return fileURLToPath(new URL(`./${name}${base.endsWith(".ts") ? ".ts" : ".js"}`, base));
}
