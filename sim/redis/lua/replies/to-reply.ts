import { ErrorReply, Status, type Reply } from "../../reply.ts";
import { entriesOf } from "../library/entries.ts";
import { generalText } from "../runtime/number-text.ts";
import { LuaTable, type LuaValue } from "../runtime/table.ts";

/** Deeper tables do not fit on Lua's stack (LUAI_MAXCSTACK), where each level takes some room. */
const depthAtMost = 1998;

/** What a client gets for a script's value, in RESP2. A list ends at its first nil. */
export function toReply(value: LuaValue, depth = 0): Reply {
  if (typeof value === "string") return value;
  if (typeof value === "number") return integerReply(value);
  if (value === true) return 1;
  if (!(value instanceof LuaTable)) return null;
  if (depth > depthAtMost) return new ErrorReply("ERR reached lua stack limit");
  return taggedReply(value, depth) ?? listReply(value, depth);
}

/** What is not in the line of an error or a status. */
export function oneLine(text: string): string {
  return text.replace(/[\r\n]/g, " ");
}

/** C's cast of a double to 64 bits: what does not fit is the least of them. */
function integerReply(value: number): Reply {
  const whole = Math.trunc(value) + 0;
  if (Number.isSafeInteger(whole)) return whole;
  return whole >= -(2 ** 63) && whole < 2 ** 63 ? BigInt(whole) : -(2n ** 63n);
}

/** The fields by which a table says what it is, in Redis's order. */
function taggedReply(table: LuaTable, depth: number): Reply | undefined {
  const error = table.getKey("err");
  if (typeof error === "string") return new ErrorReply(oneLine(error.replace(/\0[^]*$/, "").replace(/[\r\n]+$/, "")));
  const status = table.getKey("ok");
  if (typeof status === "string") return new Status(oneLine(status.replace(/\0[^]*$/, "")));
  const double = table.getKey("double");
  if (typeof double === "number") return generalText(double, 17);
  const big = table.getKey("big_number");
  if (typeof big === "string") return oneLine(big);
  return verbatimReply(table.getKey("verbatim_string")) ?? collectionReply(table, depth);
}

function verbatimReply(value: LuaValue): Reply | undefined {
  if (!(value instanceof LuaTable) || typeof value.getKey("format") !== "string") return undefined;
  const text = value.getKey("string");
  return typeof text === "string" ? text : undefined;
}

/** RESP2 has neither maps nor sets: their items stand in a row. */
function collectionReply(table: LuaTable, depth: number): Reply | undefined {
  const map = table.getKey("map");
  if (map instanceof LuaTable) return [...entriesOf(map)].flat().map((one) => toReply(one, depth + 1));
  const set = table.getKey("set");
  if (set instanceof LuaTable) return [...entriesOf(set)].map(([one]) => toReply(one, depth + 1));
  return undefined;
}

function listReply(table: LuaTable, depth: number): Reply {
  const items: Reply[] = [];
  for (let place = 1; ; place++) {
    const item = table.getNumber(place);
    if (item === undefined) return items;
    items.push(toReply(item, depth + 1));
  }
}
