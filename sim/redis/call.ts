import type { Bytes } from "../bytes.ts";
import type { Client } from "./client.ts";
import type { Database } from "./database.ts";
import type { Reply } from "./reply.ts";
import type { ServerState } from "./server-state.ts";
import type { Waiting } from "./waiting.ts";

/** A part of which larger whole a command is. */
export type Inside = "nothing" | "transaction" | "script" | "read-only script";

/** One command on its way. */
export interface Call {
  readonly state: ServerState;
  readonly client: Client;
  /** The client's selected database. */
  readonly db: Database;
  readonly inside: Inside;
  /** What replicas are sent in the place of this command. @defaultValue the command itself, when it changed anything */
  effects?: readonly (readonly Bytes[])[];
  /** Carries out another command as a part of this one; what goes wrong is its reply. */
  perform(args: readonly Bytes[], inside: Inside): Reply;
}

/** What a command comes to. */
export type Answer = Reply | Waiting;
