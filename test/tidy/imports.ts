import { dirname, join } from "node:path";

import type { TreeFile } from "./tree.ts";

/** One file takes something from another, be it a value or a type. */
export interface Import {
  readonly from: string;
  /** The path of the other file, or the name of a package: `ioredis`, `node:net`. */
  readonly to: string;
  readonly isPackage: boolean;
}

const imports =
  /^(?:import|export)\b[^"';]*?\bfrom\s*"(?<named>[^"]+)"|^import\s*"(?<bare>[^"]+)"|\bimport\(\s*"(?<lazy>[^"]+)"\s*\)/gm;

/** Every import of every TypeScript file, as written. */
export function importsOf(files: readonly TreeFile[]): Import[] {
  return files.filter(({ path }) => path.endsWith(".ts")).flatMap(importsOfFile);
}

function importsOfFile({ path, text }: TreeFile): Import[] {
  return [...text.matchAll(imports)].map(({ groups }) => {
    const target = groups?.["named"] ?? groups?.["bare"] ?? groups?.["lazy"] ?? "";
    const isPackage = !target.startsWith(".");
    return { from: path, to: isPackage ? target : join(dirname(path), target), isPackage };
  });
}
