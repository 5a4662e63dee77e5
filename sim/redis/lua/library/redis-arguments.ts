import type { Bytes } from "../../../bytes.ts";
import { generalText } from "../runtime/number-text.ts";
import { LuaTable, type LuaValue } from "../runtime/table.ts";

/** An error as Redis hands it to scripts: a table with `err`, beginning with its code. */
export function errorTable(text: Bytes): LuaTable {
  const table = new LuaTable();
  table.set("err", text);
  return table;
}

/** What a script passed to a command, as the words of the command; undefined when one cannot be a word. */
export function commandWords(args: readonly LuaValue[]): readonly Bytes[] | undefined {
  for (const arg of args) if (typeof arg !== "string") return converted(args);
  return args as readonly Bytes[];
}

function converted(args: readonly LuaValue[]): readonly Bytes[] | undefined {
  const words: Bytes[] = [];
  for (const arg of args) {
    if (typeof arg === "string") words.push(arg);
    else if (typeof arg === "number") words.push(numberWord(arg));
    else return undefined;
  }
  return words;
}

/** Redis writes numbers so that nothing of them is lost: `%.17g`. */
function numberWord(value: number): Bytes {
  return Number.isSafeInteger(value) && !Object.is(value, -0) ? String(value) : generalText(value, 17);
}
