import type { Clock, Observation } from "../../core/mod.ts";
import { readConfig, type Config, type Variables } from "../../reference/config/config.ts";
import type { Drivers } from "../../reference/drivers.ts";
import { connectBackends } from "../../reference/environment.ts";
import type { Environment, Redis } from "../../reference/ports/mod.ts";
import type { SafeguardName } from "../../reference/safeguards.ts";

/** A replica without a role: the ports, and what they told the witness. */
export interface Ports extends Environment {
  readonly redis: Redis;
  readonly seen: readonly Observation[];
  /** Waits for what is on its way, and disconnects. */
  leave(): Promise<void>;
}

/** A Redis and a NATS with nothing in them, in real or in virtual time. */
export interface Stage {
  /** True time. */
  readonly clock: Clock;
  /** Connects another replica; it leaves by itself when the story is over. */
  join(instance: string, how?: Joining): Promise<Ports>;
  /** Asks again and again until it is so. @throws what it threw last, after 10 s */
  eventually(assert: () => unknown): Promise<void>;
}

/** How a replica differs from others. */
export interface Joining {
  readonly variables?: Variables;
  readonly without?: readonly SafeguardName[];
  /** Does nothing periodically: from outside it looks as if it were dead. @defaultValue false */
  readonly frozen?: boolean;
}

/** Where a story can happen. */
export interface Arm {
  readonly name: string;
  /** Makes a stage, has the story happen on it, and clears everything away. */
  play(story: (stage: Stage) => Promise<void>): Promise<void>;
}

/** What an arm makes a stage of. */
export interface StageParts {
  readonly clock: Clock;
  readonly urls: Variables;
  /** What a replica reaches the outside with, and the clock that it goes by. */
  machineOf(instance: string): { readonly drivers: Drivers; readonly clock: Clock };
}

const patienceMs = 10_000;
const askAgainMs = 20;

/** Has a story happen, and disconnects whoever joined, whatever became of it. */
export async function playOn(parts: StageParts, story: (stage: Stage) => Promise<void>): Promise<void> {
  const joined: Ports[] = [];
  const stage: Stage = {
    clock: parts.clock,
    async join(instance, how = {}) {
      const ports = await connect(instance, how, parts);
      joined.push(ports);
      return ports;
    },
    eventually: (assert) => eventually(parts.clock, assert),
  };
  try {
    await story(stage);
  } finally {
    await Promise.all(joined.map((ports) => ports.leave()));
  }
}

async function connect(instance: string, how: Joining, parts: StageParts): Promise<Ports> {
  const { variables = {}, without = [], frozen = false } = how;
  const { drivers, clock: own } = parts.machineOf(instance);
  const clock = frozen ? withoutPeriods(own) : own;
  const config: Config = readConfig({ ...parts.urls, LOG_LEVEL: "silent", CORDUM_INSTANCE_ID: instance, ...variables });
  const seen: Observation[] = [];
  let redis: Redis | undefined;
  const { environment, close } = await connectBackends({
    ...drivers,
    ...{ config, clock, without: new Set(without) },
    log: drivers.log(instance, config.logLevel),
    metrics: drivers.metrics(instance),
    witness: { record: (observation) => void seen.push(observation) },
    intercept(name, port) {
      if (name === "redis") redis = port as unknown as Redis;
      return port;
    },
  });
  if (!redis) throw new Error("no redis was connected");
  let left: Promise<void> | undefined;
  return { ...environment, redis, seen, leave: () => (left ??= close()) };
}

function withoutPeriods(clock: Clock): Clock {
  return {
    now: () => clock.now(),
    unixMs: () => clock.unixMs(),
    after: (delayMs, run) => clock.after(delayMs, run),
    sleep: (delayMs, signal) => clock.sleep(delayMs, signal),
    every: () => ({ cancel: () => {} }),
  };
}

async function eventually(clock: Clock, assert: () => unknown): Promise<void> {
  for (const untilMs = clock.now() + patienceMs; ;) {
    try {
      await assert();
      return;
    } catch (thrown) {
      if (clock.now() >= untilMs) throw thrown;
    }
    await clock.sleep(askAgainMs);
  }
}
