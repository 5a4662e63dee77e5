/** A text that is not Lua 5.1; the message is the one that Lua gives, with chunk and line in front. */
export class LuaSyntaxError extends Error {
  override readonly name = "LuaSyntaxError";
}
