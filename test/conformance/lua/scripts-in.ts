import { bytesOf } from "../../../sim/mod.ts";

/** The scripts in a text, one a line, as the bytes that are sent. */
export function scriptsIn(text: string): readonly string[] {
  return text
    .split("\n")
    .filter((line) => line.trim() !== "")
    .map(bytesOf);
}
