import { accessSync, constants, statSync } from "node:fs";
import { delimiter, join, resolve } from "node:path";

/** Where a binary that the project obtained for itself is put, below the current folder. */
export function ownBinaryFolder(): string {
  return resolve(".seatrial", "bin");
}

/**
 * The path of a program: on PATH, else where Debian and Homebrew put servers though PATH may not name it, else in
 * `.seatrial/bin`. Nothing when it is nowhere.
 *
 * @param searchPath - folders, separated as PATH is. @defaultValue the environment's PATH
 */
export function findBinary(name: string, searchPath: string = process.env["PATH"] ?? ""): string | undefined {
  const folders = [...searchPath.split(delimiter).filter((folder) => folder !== ""), ...unlistedFolders()];
  return folders.map((folder) => join(folder, name)).find(isExecutable);
}

function unlistedFolders(): string[] {
  return ["/usr/sbin", "/usr/local/sbin", "/opt/homebrew/bin", ownBinaryFolder()];
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    // Not there, or not ours to run: either way it is not the program.
    return false;
  }
}
