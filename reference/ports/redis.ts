/** A Lua script, sent once and then called by its digest. It touches keys of one slot only. */
export interface Script {
  /** File name without `.lua`. */
  readonly name: string;
  readonly text: string;
}

/** One Redis command: `["SET", key, value, "NX"]`. */
export type Command = readonly [name: string, ...args: (string | number)[]];

/**
 * Redis as the plane's stores use it. The simulator implements the same interface and runs the same scripts.
 *
 * Every call settles within the command timeout. A call that was sent but not answered rejects with
 * {@link OutcomeUnknown}; none is ever sent twice behind the caller's back.
 */
export interface Redis {
  command(...command: Command): Promise<unknown>;
  /** Several commands, one write; replies in the same order. Not atomic. */
  pipeline(commands: readonly Command[]): Promise<unknown[]>;
  script(script: Script, keys: readonly string[], args: readonly (string | number)[]): Promise<unknown>;
}
