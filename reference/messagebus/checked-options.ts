import { UsageError } from "../../core/mod.ts";
import { messageBusDefaults, type MessageBusOptions } from "./bus-options.ts";

const shardsMax = 1_024;
/** Node's timers fire at once when asked for more. */
const timerMsMax = 2 ** 31 - 1;

/**
 * The options with their defaults.
 *
 * @throws UsageError for the first one that is out of its range
 */
export function checkedOptions(given: Partial<MessageBusOptions>): MessageBusOptions {
  const options = { ...messageBusDefaults, ...definedOf(given) };
  for (const name of ["shards", "workersPerShard", "queueSizeMax", "dedupMax", "messageBytesMax"] as const)
    check(name, options[name], isWhole(options[name], 1), "a whole number from 1");
  for (const name of ["retriesMax", "deadLettersMax"] as const)
    check(name, options[name], isWhole(options[name], 0), "a whole number from 0");
  for (const name of ["retryBackoffMs", "dedupTtlMs"] as const)
    check(name, options[name], options[name] > 0 && Number.isFinite(options[name]), "a time above 0, in milliseconds");
  const { pauseAt, resumeBelow, highPriorityFrom, shards, clientLimit } = options;
  check("shards", shards, shards <= shardsMax, `at most ${shardsMax}`);
  check("highPriorityFrom", highPriorityFrom, !Number.isNaN(highPriorityFrom), "a number");
  check("pauseAt", pauseAt, pauseAt > 0 && pauseAt <= 1, "a share above 0 and up to 1");
  check("resumeBelow", resumeBelow, resumeBelow > 0 && resumeBelow <= pauseAt, "a share above 0 and up to pauseAt");
  if (clientLimit) {
    check("clientLimit.messagesMax", clientLimit.messagesMax, isWhole(clientLimit.messagesMax, 1), "a whole number");
    check("clientLimit.windowMs", clientLimit.windowMs, clientLimit.windowMs > 0, "a time above 0, in milliseconds");
  }
  return options;
}

/**
 * The shards that a caller wants: so many, or exactly these.
 *
 * @throws UsageError
 */
export function checkedShards(wanted: number | readonly number[]): readonly number[] {
  const isCount = typeof wanted === "number";
  if (isCount) check("shards", wanted, isWhole(wanted, 1) && wanted <= shardsMax, `a whole number, 1 to ${shardsMax}`);
  const shards = isCount ? Array.from({ length: wanted }, (_, number) => number) : wanted;
  const fits = shards.length > 0 && shards.length <= shardsMax && new Set(shards).size === shards.length;
  check(
    "shards",
    `[${shards.join(", ")}]`,
    fits && shards.every((each) => isWhole(each, 0)),
    "different numbers from 0",
  );
  return shards;
}

/**
 * How long a caller is willing to wait, and no longer than a timer can.
 *
 * @throws UsageError
 */
export function checkedPatienceMs(withinMs: number): number {
  check("withinMs", withinMs, withinMs >= 0, "a time from 0, in milliseconds");
  return Math.min(withinMs, timerMsMax);
}

function definedOf(given: Partial<MessageBusOptions>): Partial<MessageBusOptions> {
  const names = Object.keys(messageBusDefaults) as (keyof MessageBusOptions)[];
  return Object.fromEntries(names.filter((name) => given[name] !== undefined).map((name) => [name, given[name]]));
}

function check(name: string, value: number | string, fits: boolean, range: string): void {
  if (!fits) throw new UsageError(`${name} is ${value}`, `write ${range}`);
}

function isWhole(value: number, min: number): boolean {
  return Number.isSafeInteger(value) && value >= min;
}
