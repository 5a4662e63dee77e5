import { createHash } from "node:crypto";

import { toNumber } from "../runtime/arithmetic.ts";
import { LuaError, NotSimulatedError } from "../runtime/errors.ts";
import { machine } from "../runtime/machine.ts";
import { numberText } from "../runtime/number-text.ts";
import { LuaTable, type LuaFunction, type LuaValue } from "../runtime/table.ts";
import { fromReply } from "../replies/from-reply.ts";
import { wholeNumber, type Arguments } from "./arguments.ts";
import type { Library } from "./library.ts";
import { commandWords, errorTable } from "./redis-arguments.ts";

const logLevels = { LOG_DEBUG: 0, LOG_VERBOSE: 1, LOG_NOTICE: 2, LOG_WARNING: 3 };
const replication = { REPL_NONE: 0, REPL_AOF: 1, REPL_SLAVE: 2, REPL_REPLICA: 2, REPL_ALL: 3 };

/** Redis 7.0's API for scripts. */
export const redis: Library = {
  call: (...args) => {
    const result = perform(args);
    if (result instanceof LuaTable && isError(result)) throw new LuaError(result, machine.site);
    return result;
  },
  pcall: (...args) => perform(args),
  error_reply: (...args) => {
    const [text] = args;
    if (args.length !== 1 || typeof text !== "string") return wrongArguments();
    return errorTable(codedError(text.startsWith("-") ? text : `-${text}`));
  },
  status_reply: (...args) => {
    const [text] = args;
    if (args.length !== 1 || typeof text !== "string") return wrongArguments();
    const table = new LuaTable();
    table.set("ok", text);
    return table;
  },
  sha1hex: (...args) => {
    if (args.length !== 1) refuse("wrong number of arguments");
    return createHash("sha1").update(textOrEmpty(args[0]), "latin1").digest("hex");
  },
  log,
  setresp: (...args) => {
    if (args.length !== 1) refuse("redis.setresp() requires one argument.");
    const version = wholeNumber(toNumber(args[0]) ?? 0);
    if (version === 3) throw new NotSimulatedError("redis.setresp(3)");
    if (version !== 2) refuse("RESP version must be 2 or 3.");
    return [];
  },
  set_repl: (...args) => {
    if (args.length !== 1) refuse("redis.set_repl() requires two arguments.");
    const flags = wholeNumber(toNumber(args[0]) ?? 0);
    if ((flags & ~replication.REPL_ALL) !== 0) {
      refuse("Invalid replication flags. Use REPL_AOF, REPL_REPLICA, REPL_ALL or REPL_NONE.");
    }
    if (flags !== replication.REPL_ALL) throw new NotSimulatedError("redis.set_repl() with less than REPL_ALL");
    return [];
  },
  replicate_commands: () => true,
  breakpoint: () => false,
  debug: () => [],
  acl_check_cmd: (...args) => {
    const problem = wrongWords(args);
    if (problem) throw new LuaError(problem, machine.site);
    throw new NotSimulatedError("redis.acl_check_cmd");
  },
  REDIS_VERSION: "7.0.15",
  REDIS_VERSION_NUM: 0x0007000f,
  ...logLevels,
  ...replication,
};

function perform(args: Arguments): LuaValue {
  const words = commandWords(args);
  if (words === undefined || words.length === 0) return wrongWords(args);
  const { host } = machine;
  if (host === undefined) throw new Error("a script runs without a host");
  return fromReply(host.call(words));
}

/** The error of a command without words, or with something that is no word. */
function wrongWords(args: Arguments): LuaTable | undefined {
  if (args.length === 0) return errorTable("ERR Please specify at least one argument for this redis lib call");
  if (commandWords(args) !== undefined) return undefined;
  return errorTable("ERR Lua redis lib command arguments must be strings or integers");
}

function isError(table: LuaTable): boolean {
  return table.getKey("err") !== undefined;
}

/** `-CODE message`, or a message alone, which is given the code ERR. */
function codedError(line: string): string {
  const [text = ""] = line.split("\0");
  const space = text.indexOf(" ");
  const code = space < 0 ? "ERR" : text.slice(1, space);
  const message = space < 0 ? text.slice(1) : text.slice(space + 1);
  return `${code} ${message.replace(/^[\r\n]+|[\r\n]+$/g, "")}`;
}

function wrongArguments(): LuaTable {
  return errorTable("ERR wrong number or type of arguments");
}

function refuse(message: string): never {
  throw new LuaError(errorTable(`ERR ${message}`), machine.site);
}

function textOrEmpty(value: LuaValue): string {
  if (typeof value === "string") return value;
  return typeof value === "number" ? numberText(value) : "";
}

function log(...args: Parameters<LuaFunction>): [] {
  if (args.length < 2) refuse("redis.log() requires two arguments or more.");
  const number = toNumber(args[0]);
  if (number === undefined) return refuse("First argument must be a number (log level).");
  const level = wholeNumber(number);
  if (level < logLevels.LOG_DEBUG || level > logLevels.LOG_WARNING) refuse("Invalid debug level.");
  const words = args.slice(1).filter((one) => typeof one === "string" || typeof one === "number");
  machine.host?.log?.(level, words.map(textOrEmpty).join(" "));
  return [];
}
