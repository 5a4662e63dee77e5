import type { Bytes } from "../bytes.ts";
import { int64Max, int64Min, integerOf } from "./integers.ts";
import { Refusal } from "./refusal.ts";

/** How an argument gives a time: seconds or milliseconds, from now or since the Unix epoch. */
export interface TimeForm {
  readonly unitMs: 1 | 1000;
  readonly sinceMs: number;
}

/** A time that may lie in the past, as EXPIRE takes it. @throws Refusal */
export function anyTimeOf(text: Bytes, { unitMs, sinceMs }: TimeForm, command: Bytes): number {
  const ms = BigInt(integerOf(text)) * BigInt(unitMs);
  const at = ms + BigInt(sinceMs);
  if (ms > int64Max || ms < int64Min || at > int64Max) throw invalidTime(command);
  return Number(at);
}

/** A time of more than zero, as SET takes it. @throws Refusal */
export function timeOf(text: Bytes, form: TimeForm, command: Bytes): number {
  if (integerOf(text) <= 0) throw invalidTime(command);
  return anyTimeOf(text, form, command);
}

function invalidTime(command: Bytes): Refusal {
  return new Refusal(`ERR invalid expire time in '${command}' command`);
}
