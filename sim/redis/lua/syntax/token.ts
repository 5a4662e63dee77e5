/** Words that Lua keeps for itself. 5.1 has no `goto`. */
export const reservedWords: ReadonlySet<string> = new Set(
  "and break do else elseif end false for function if in local nil not or repeat return then true until while".split(
    " ",
  ),
);

/**
 * What the lexer hands on. Names, numbers and strings are of the types `<name>`, `<number>` and `<string>`; words,
 * signs and `<eof>` are their own type, as Lua's messages call them.
 */
export interface Token {
  readonly type: string;
  /** How a message quotes it after `near`. */
  readonly text: string;
  /** The value of a string or a number, and the text of a name. */
  readonly value: string | number;
  /** The line on which it ends. */
  readonly line: number;
}
