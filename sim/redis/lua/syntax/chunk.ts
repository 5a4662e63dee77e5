/** A piece of Lua source: a script, or what a script loads from a string. */
export interface Chunk {
  /** What error positions start with: `user_script`, `[string "return 1"]`. */
  readonly id: string;
  /** The name as it was given, with its `@` or `=`: `@user_script`. Redis tells it behind an uncaught error. */
  readonly source: string;
}

/** How Lua 5.1 shows the name of a chunk in messages: at most 79 characters (LUA_IDSIZE, which is 80 here). */
export function chunkNamed(source: string): Chunk {
  if (source.startsWith("=")) return { source, id: source.slice(1, 80) };
  if (source.startsWith("@")) return { source, id: tailOf(source.slice(1)) };
  const line = (/^[^\r\n]*/.exec(source)?.[0] ?? "").slice(0, 63);
  return { source, id: `[string "${line}${line.length < source.length ? "..." : ""}"]` };
}

function tailOf(path: string): string {
  return path.length > 72 ? `...${path.slice(path.length - 72)}` : path;
}
