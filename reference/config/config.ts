import { isDuration, ms, nearestNames, UsageError, type Duration } from "../../core/mod.ts";
import type { Setting } from "./setting.ts";
import { settings } from "./settings.ts";

type ValueOf<Type extends Setting["type"]> = Type extends "duration" | "integer" | "port"
  ? number
  : Type extends "flag"
    ? boolean
    : Type extends "list"
      ? readonly string[]
      : string;

/** The plane's configuration: every setting parsed. Durations are milliseconds. */
export type Config = { readonly [Key in keyof typeof settings]: ValueOf<(typeof settings)[Key]["type"]> };

/** Environment variables by name. */
export type Variables = Readonly<Record<string, string | undefined>>;

/**
 * Reads the configuration from environment variables. All mistakes are reported at once.
 *
 * @throws UsageError naming each variable whose value cannot be read.
 */
export function readConfig(variables: Variables): Config {
  const mistakes: string[] = [];
  const entries = Object.entries(settings).map(([key, setting]) => {
    const text = variables[setting.env] ?? setting.default;
    const value = parse(setting, text);
    if (value === undefined) mistakes.push(`${setting.env}: "${text}" is no ${kinds[setting.type]}`);
    return [key, value];
  });
  if (mistakes.length > 0) {
    throw new UsageError(`Cannot read the configuration: ${mistakes.join("; ")}`, `durations are written like "30s"`);
  }
  return Object.fromEntries(entries) as Config;
}

const kinds: Readonly<Record<Setting["type"], string>> = {
  duration: "duration",
  integer: "whole number from 0",
  port: "port (0 to 65535)",
  flag: "flag (true or false)",
  list: "list",
  text: "text",
};

function parse(setting: Setting, text: string): number | boolean | string | readonly string[] | undefined {
  switch (setting.type) {
    case "duration":
      return isDuration(text) ? ms(text) : undefined;
    case "integer":
      return /^\d{1,12}$/.test(text) ? Number(text) : undefined;
    case "port":
      return /^\d{1,5}$/.test(text) && Number(text) <= 65_535 ? Number(text) : undefined;
    case "flag":
      return /^(true|1|yes|false|0|no)$/i.test(text) ? /^(true|1|yes)$/i.test(text) : undefined;
    case "list":
      return text.split(",").filter((item) => item !== "");
    case "text":
      return text;
  }
}

/** The factor of the tuning `fast`: every scaled duration is divided by it. */
const fastFactor = 10;

/** The tuning `fast`: the scaled durations of the defaults, each divided by {@link fastFactor}. */
export function fastTuning(): Record<string, string> {
  const scaled = Object.values<Setting>(settings).filter((setting) => setting.scaled);
  return Object.fromEntries(
    scaled.map((setting) => [setting.env, `${ms(setting.default as Duration) / fastFactor}ms`]),
  );
}

/**
 * Checks the names of overrides.
 *
 * @throws UsageError with the nearest names when a variable does not exist.
 */
export function assertKnownVariables(names: readonly string[]): void {
  const known = Object.values<Setting>(settings).map((setting) => setting.env);
  for (const name of names) {
    if (known.includes(name)) continue;
    const nearest = nearestNames(name, known);
    throw new UsageError(
      `Unknown setting "${name}"`,
      nearest.length > 0 ? `did you mean ${nearest.join(", ")}?` : "`seatrial list settings` shows all",
    );
  }
}
