import type { JsonSettings } from "../runtime/memory.ts";
import { LuaTable, type LuaValue } from "../runtime/table.ts";
import { fail } from "./arguments.ts";
import { jsonNull } from "./json-null.ts";
import { JsonTokens, type JsonToken } from "./json-tokens.ts";

/** Reads JSON as cjson 2.1.0 does. Nothing but the one value may be in the text. */
export function decodeJson(text: string, settings: JsonSettings): LuaValue {
  const tokens = new JsonTokens(text, settings);
  const value = readValue(tokens, tokens.next(), settings, 0);
  const last = tokens.next();
  return last.type === "T_END" ? value : refuse("the end", last);
}

function readValue(tokens: JsonTokens, token: JsonToken, settings: JsonSettings, depth: number): LuaValue {
  const { type } = token;
  if (type === "T_STRING" || type === "T_NUMBER" || type === "T_BOOLEAN") return token.value;
  if (type === "T_NULL") return jsonNull;
  if (type === "T_OBJ_BEGIN") return readObject(tokens, settings, deeper(token, settings, depth));
  if (type === "T_ARR_BEGIN") return readList(tokens, settings, deeper(token, settings, depth));
  return refuse("value", token);
}

function deeper({ index }: JsonToken, { decodeMaxDepth }: JsonSettings, depth: number): number {
  if (depth < decodeMaxDepth) return depth + 1;
  return fail(`Found too many nested data structures (${depth + 1}) at character ${index + 1}`);
}

function readObject(tokens: JsonTokens, settings: JsonSettings, depth: number): LuaTable {
  const table = new LuaTable();
  let token = tokens.next();
  if (token.type === "T_OBJ_END") return table;
  for (;;) {
    const key = token.type === "T_STRING" ? token.value : refuse("object key string", token);
    const colon = tokens.next();
    if (colon.type !== "T_COLON") refuse("colon", colon);
    table.set(key, readValue(tokens, tokens.next(), settings, depth));
    token = tokens.next();
    if (token.type === "T_OBJ_END") return table;
    if (token.type !== "T_COMMA") refuse("comma or object end", token);
    token = tokens.next();
  }
}

function readList(tokens: JsonTokens, settings: JsonSettings, depth: number): LuaTable {
  const table = new LuaTable();
  let token = tokens.next();
  if (token.type === "T_ARR_END") return table;
  for (let place = 1; ; place++) {
    table.set(place, readValue(tokens, token, settings, depth));
    token = tokens.next();
    if (token.type === "T_ARR_END") return table;
    if (token.type !== "T_COMMA") refuse("comma or array end", token);
    token = tokens.next();
  }
}

function refuse(expected: string, token: JsonToken): never {
  const found = token.type === "T_ERROR" ? token.value : token.type;
  return fail(`Expected ${expected} but found ${found} at character ${token.index + 1}`);
}
