import type { Bytes } from "../../../bytes.ts";
import type { Reply } from "../../reply.ts";
import { EndlessScriptError } from "./errors.ts";
import { ScriptMemory } from "./memory.ts";
import { nowhere, type Site } from "./site.ts";
import { LuaTable } from "./table.ts";

/** What a script may do to the world around it. */
export interface ScriptHost {
  /**
   * Carries out a command for a script and answers as Redis answers scripts: an unknown command for instance with
   * `ERR Unknown Redis command called from script`.
   */
  call(command: readonly Bytes[]): Reply;
  /** What the script logs, with Redis's levels: 0 debug, 1 verbose, 2 notice, 3 warning. */
  log?(level: number, text: Bytes): void;
  /** What the server keeps from one script to the next. Without it, every script finds a server just started. */
  readonly memory?: ScriptMemory;
  /** How many loop turns and calls of functions a script may make. @defaultValue 100,000,000 */
  readonly turnsAtMost?: number;
}

const turnsAtMost = 100_000_000;

/** What a run of a script needs besides its own variables. Scripts run one at a time and to their end. */
class Machine {
  /** The call that was made last: where a function of the library was called from. */
  site: Site = nowhere;
  /** The calls under way, in chunks that need to know them. */
  readonly stack: Site[] = [];
  /** How many more loop turns and calls there may be. */
  turns = turnsAtMost;
  host: ScriptHost | undefined = undefined;
  memory = new ScriptMemory();
  keys = new LuaTable();
  argv = new LuaTable();
  /** How many `pcall` and `xpcall` there are around what runs. */
  protections = 0;
  #limit = turnsAtMost;

  /** A new run begins. */
  begin(host: ScriptHost, keys: LuaTable, argv: LuaTable): void {
    this.host = host;
    this.memory = host.memory ?? new ScriptMemory();
    this.keys = keys;
    this.argv = argv;
    this.site = nowhere;
    this.stack.length = 0;
    this.protections = 0;
    this.turns = host.turnsAtMost ?? turnsAtMost;
    this.#limit = this.turns;
  }

  /** A function that keeps account begins; gives how many calls were under way before. */
  enter(): number {
    return this.stack.push(this.site.isTail ? nowhere : this.site) - 1;
  }

  /** @throws EndlessScriptError always: the script has used up its turns */
  exhausted(): never {
    const limit = this.#limit.toLocaleString("en-US");
    throw new EndlessScriptError(`A script made more than ${limit} loop turns and calls: it seems to have no end`);
  }
}

/** The one that all scripts run on: none begins before the one under way has ended. */
export const machine = new Machine();
