import { ErrorReply, Status, type Reply } from "../../reply.ts";
import { LuaTable, type LuaValue } from "../runtime/table.ts";

/** What a script gets for a command's reply. */
export function fromReply(reply: Reply): LuaValue {
  if (typeof reply === "string") return reply;
  if (typeof reply === "number") return reply;
  if (reply === null) return false;
  if (typeof reply === "bigint") return Number(reply);
  if (reply instanceof ErrorReply) return fromError(reply);
  if (reply instanceof Status) return tableWith("ok", reply.text);
  return LuaTable.of(reply.map(fromReply));
}

/** An error comes as a table; a text without a code is given one. */
function fromError({ text }: ErrorReply): LuaTable {
  const table = tableWith("err", text.includes(" ") ? text : `ERR ${text}`);
  table.set("ignore_error_stats_update", true);
  return table;
}

function tableWith(key: string, text: string): LuaTable {
  const table = new LuaTable();
  table.set(key, text);
  return table;
}
