import type { JsonSettings } from "../runtime/memory.ts";
import { generalText, numberText } from "../runtime/number-text.ts";
import { LuaTable, type LuaValue } from "../runtime/table.ts";
import { typeName } from "../runtime/type-name.ts";
import { fail } from "./arguments.ts";
import { entriesOf } from "./entries.ts";
import { jsonNull } from "./json-null.ts";

/** cjson counts indexes in 32 bits; on x86 one that is too large becomes the least of them. */
const largestInteger = 2147483647;

const escapes: Readonly<Record<string, string>> = {
  "\b": "\\b",
  "\t": "\\t",
  "\n": "\\n",
  "\f": "\\f",
  "\r": "\\r",
  '"': '\\"',
  "/": "\\/",
  "\\": "\\\\",
};

/** JSON as cjson 2.1.0 writes it. A table is a list if all its keys are positive integers, and it has some. */
export function encodeJson(value: LuaValue, settings: JsonSettings, depth = 0): string {
  if (typeof value === "string") return quoted(value);
  if (typeof value === "number") return numberJson(value, settings);
  if (typeof value === "boolean") return String(value);
  if (value === undefined || value === jsonNull) return "null";
  if (!(value instanceof LuaTable)) return refuse(value, "type not supported");
  if (depth + 1 > settings.encodeMaxDepth) fail(`Cannot serialise, excessive nesting (${depth + 1})`);
  const length = listLength(value, settings);
  return length > 0 ? listJson(value, length, settings, depth + 1) : objectJson(value, settings, depth + 1);
}

function listJson(list: LuaTable, length: number, settings: JsonSettings, depth: number): string {
  const items = Array.from({ length }, (_, index) => encodeJson(list.getNumber(index + 1), settings, depth));
  return `[${items.join(",")}]`;
}

function objectJson(object: LuaTable, settings: JsonSettings, depth: number): string {
  let json = "";
  for (const [key, value] of entriesOf(object)) {
    json += `${json === "" ? "" : ","}${keyJson(key, settings)}:${encodeJson(value, settings, depth)}`;
  }
  return `{${json}}`;
}

function keyJson(key: LuaValue, settings: JsonSettings): string {
  if (typeof key === "string") return quoted(key);
  return typeof key === "number"
    ? `"${numberJson(key, settings)}"`
    : refuse(key, "table key must be a number or string");
}

/** The largest index of a list, or -1. A list with far more holes than items is an object, or refused. */
function listLength(table: LuaTable, settings: JsonSettings): number {
  let largest = 0;
  let items = 0;
  for (const [key] of entriesOf(table)) {
    if (typeof key !== "number" || key < 1 || Math.floor(key) !== key) return -1;
    if (key > largest) largest = key > largestInteger ? -largestInteger - 1 : key;
    items += 1;
  }
  const { sparseRatio, sparseSafe } = settings;
  if (sparseRatio <= 0 || largest <= items * sparseRatio || largest <= sparseSafe) return largest;
  return settings.sparseConvert ? -1 : refuse(table, "excessively sparse array");
}

function numberJson(value: number, settings: JsonSettings): string {
  if (!Number.isFinite(value)) return invalidNumber(value, settings);
  return settings.numberPrecision === 14 ? numberText(value) : generalText(value, settings.numberPrecision);
}

function invalidNumber(value: number, { encodeInvalidNumbers }: JsonSettings): string {
  if (encodeInvalidNumbers === "null") return "null";
  if (!encodeInvalidNumbers) return refuse(value, "must not be NaN or Inf");
  return Number.isNaN(value) ? "nan" : numberText(value);
}

function quoted(text: string): string {
  return `"${text.replace(/[\0-\x1f"/\\\x7f]/g, escaped)}"`;
}

function escaped(char: string): string {
  return escapes[char] ?? `\\u00${char.charCodeAt(0).toString(16).padStart(2, "0")}`;
}

function refuse(value: LuaValue, reason: string): never {
  return fail(`Cannot serialise ${typeName(value)}: ${reason}`);
}
