import { machine } from "../runtime/machine.ts";
import { JsonSettings } from "../runtime/memory.ts";
import { LuaTable, type LuaFunction } from "../runtime/table.ts";
import { badArgument, fail, intArgument, stringArgument, type Arguments } from "./arguments.ts";
import { decodeJson } from "./json-decode.ts";
import { encodeJson } from "./json-encode.ts";
import { jsonNull } from "./json-null.ts";
import type { Library } from "./library.ts";

const largestInteger = 2147483647;

/** cjson 2.1.0. @param settingsOf - finds the settings; those of `cjson` itself belong to the server */
export function jsonLibrary(settingsOf: () => JsonSettings): Library {
  const whole = (name: "encodeMaxDepth" | "decodeMaxDepth" | "numberPrecision", most: number): LuaFunction => {
    return (...args) => {
      atMost(args, 1);
      const settings = settingsOf();
      if (args.length > 0) settings[name] = between(args, 1, 1, most);
      return settings[name];
    };
  };
  return {
    encode: (...args) => {
      if (args.length !== 1) badArgument(1, "expected 1 argument");
      return encodeJson(args[0], settingsOf());
    },
    decode: (...args) => {
      if (args.length !== 1) badArgument(1, "expected 1 argument");
      const text = stringArgument(args, 1);
      if (/^(?:\0[^]|[^]\0)/.test(text)) fail("JSON parser does not support UTF-16 or UTF-32");
      return decodeJson(text, settingsOf());
    },
    encode_sparse_array: (...args) => sparseArray(args, settingsOf()),
    encode_max_depth: whole("encodeMaxDepth", largestInteger),
    decode_max_depth: whole("decodeMaxDepth", largestInteger),
    encode_number_precision: whole("numberPrecision", 14),
    encode_keep_buffer: (...args) => {
      atMost(args, 1);
      const settings = settingsOf();
      if (args.length > 0) settings.keepBuffer = switched(args, 1);
      return settings.keepBuffer;
    },
    encode_invalid_numbers: (...args) => {
      atMost(args, 1);
      const settings = settingsOf();
      if (args.length > 0) settings.encodeInvalidNumbers = args[0] === "null" ? "null" : switched(args, 1);
      return settings.encodeInvalidNumbers;
    },
    decode_invalid_numbers: (...args) => {
      atMost(args, 1);
      const settings = settingsOf();
      if (args.length > 0) settings.decodeInvalidNumbers = switched(args, 1);
      return settings.decodeInvalidNumbers;
    },
    new: () => independent(),
    null: jsonNull,
    _NAME: "cjson",
    _VERSION: "2.1.0",
  };
}

/** The settings of the server's own `cjson`. */
export function sharedSettings(): JsonSettings {
  return machine.memory.json;
}

/** A cjson with settings of its own, which no other script sees. */
function independent(): LuaTable {
  const settings = new JsonSettings();
  const table = new LuaTable();
  for (const [name, value] of Object.entries(jsonLibrary(() => settings))) table.set(name, value);
  return table;
}

function sparseArray(args: Arguments, settings: JsonSettings): [boolean, number, number] {
  atMost(args, 3);
  if (args.length > 0) settings.sparseConvert = switched(args, 1);
  if (args.length > 1) settings.sparseRatio = between(args, 2, 0, largestInteger);
  if (args.length > 2) settings.sparseSafe = between(args, 3, 0, largestInteger);
  return [settings.sparseConvert, settings.sparseRatio, settings.sparseSafe];
}

function atMost(args: Arguments, count: number): void {
  if (args.length > count) badArgument(count + 1, "found too many arguments");
}

function between(args: Arguments, position: number, least: number, most: number): number {
  const value = intArgument(args, position);
  if (value < least || value > most) badArgument(1, `expected integer between ${least} and ${most}`);
  return value;
}

/** A switch is a boolean, `on` or `off`. */
function switched(args: Arguments, position: number): boolean {
  const value = args[position - 1];
  if (typeof value === "boolean") return value;
  const text = stringArgument(args, position);
  if (text !== "on" && text !== "off") badArgument(position, `invalid option '${text}'`);
  return text === "on";
}
