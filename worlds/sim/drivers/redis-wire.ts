import { bytesOf, ErrorReply, Status, textOf, type Bytes, type Reply } from "../../../sim/mod.ts";

/** What a client of Redis sends at a time. */
export interface RedisRequest {
  readonly commands: readonly (readonly Bytes[])[];
}

/** What Redis sends back at a time. */
export interface RedisAnswer {
  readonly replies: readonly Reply[];
}

/** An error reply, as a client library throws it. */
export class RedisReplyError extends Error {}

/** A command as it goes over the wire. */
export function wireCommand(command: readonly (string | number)[]): Bytes[] {
  return command.map((word) => (typeof word === "number" ? `${word}` : bytesOf(word)));
}

/** About as many bytes as RESP takes for these words. */
export function sizeOfCommand(command: readonly Bytes[]): number {
  let size = 0;
  for (const word of command) size += word.length + frameBytes;
  return size;
}

/** About as many bytes as RESP takes for this reply. */
export function sizeOfReply(reply: Reply): number {
  if (typeof reply === "string") return reply.length + frameBytes;
  if (typeof reply !== "object" || reply === null || !("length" in reply)) return frameBytes;
  let size = frameBytes;
  for (const each of reply) size += sizeOfReply(each);
  return size;
}

const frameBytes = 8;

/** A reply as a client library gives it to its caller: text, a number, `null`, an error, or an array of these. */
export function readReply(reply: Reply): unknown {
  if (typeof reply === "string") return textOf(reply);
  if (typeof reply === "bigint") return Number(reply);
  if (typeof reply !== "object" || reply === null) return reply;
  if (reply instanceof Status) return reply.text;
  if (reply instanceof ErrorReply) return new RedisReplyError(textOf(reply.text));
  return reply.map(readReply);
}

/** In a few words, for the trace: the first command with its key, and how many more there are. */
export function aboutCommands(commands: readonly (readonly Bytes[])[]): string {
  const [first = []] = commands;
  const [name = "", second = ""] = first;
  const isScript = name === "EVALSHA" || name === "EVAL";
  const what = isScript ? `${second.slice(0, 8)} ${first[3] ?? ""}` : second;
  return commands.length === 1 ? `${name} ${what}` : `${name} ${what} +${commands.length - 1}`;
}
