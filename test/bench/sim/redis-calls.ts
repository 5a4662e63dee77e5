import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";

import { Redis } from "ioredis";

import { seededRandom, systemClock } from "../../../core/mod.ts";
import { ErrorReply, RedisServer, type Reply } from "../../../sim/mod.ts";
import type { Numbers } from "../result.ts";
import { rates, timed } from "./stopwatch.ts";

type Words = readonly string[];

/** A Redis of either kind, as this benchmark asks it: so many commands at a time. */
export interface AskedRedis {
  ask(commands: readonly Words[]): Promise<void>;
  close(): void;
}

/** What is asked, over and over. The scripts are the plane's own. */
export const redisCases: Readonly<Record<string, (turn: number) => Words>> = {
  "SET and GET": (turn) => (turn % 2 === 0 ? ["SET", keyOf(turn), "value"] : ["GET", keyOf(turn)]),
  "EVALSHA rate-limit": (turn) => ["EVALSHA", shaOf("rate-limit"), "1", `cordum:rl:{${turn % 10}}`, "1000000"],
  "EVALSHA lock-release": (turn) => ["EVALSHA", shaOf("lock-release"), "1", keyOf(turn), "token"],
};

const atATime = 100;

/** Asks so many commands, a hundred at a time, and tells how many were answered a second. */
export async function redisCalls(
  redis: AskedRedis,
  commandOf: (turn: number) => Words,
  count: number,
): Promise<Numbers> {
  await redis.ask(["rate-limit", "lock-release"].map((name) => ["SCRIPT", "LOAD", scriptOf(name)]));
  const taken = await timed(async () => {
    for (let turn = 0; turn < count; turn += atATime) {
      await redis.ask(Array.from({ length: atATime }, (_, index) => commandOf(turn + index)));
    }
  });
  return { callsPerSecond: rates("calls", count, taken)["callsPerSecond"] ?? 0 };
}

/** The engine, called in this process. */
export function engineRedis(): AskedRedis {
  const session = new RedisServer({ clock: systemClock(), random: seededRandom("bench") }).connect(() => undefined);
  const hear = (reply: Reply): void => {
    if (reply instanceof ErrorReply) throw new Error(reply.text);
  };
  return {
    ask(commands) {
      for (const command of commands) session.execute(command, hear);
      return Promise.resolve();
    },
    close: () => session.close(),
  };
}

/** A real server, over its client, pipelined. */
export function realRedis(url: string): AskedRedis {
  const client = new Redis(url);
  return {
    async ask(commands) {
      const answers = await client.pipeline(commands.map((command) => ["call", ...command])).exec();
      const failure = answers?.find(([error]) => error !== null)?.[0];
      if (failure) throw failure;
    },
    close: () => client.disconnect(),
  };
}

function keyOf(turn: number): string {
  return `key:${turn % 1_000}`;
}

function shaOf(name: string): string {
  let sha = shas.get(name);
  if (sha === undefined) shas.set(name, (sha = createHash("sha1").update(scriptOf(name)).digest("hex")));
  return sha;
}

const shas = new Map<string, string>();

function scriptOf(name: string): string {
  return readFileSync(new URL(`../../../reference/adapters/redis/${name}.lua`, import.meta.url), "utf8");
}
