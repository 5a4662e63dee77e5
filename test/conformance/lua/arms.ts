import { seededRandom, systemClock } from "../../../core/mod.ts";
import { encodeReply, RedisServer, type RedisSession } from "../../../sim/mod.ts";
import { Wire } from "../redis/arms.ts";

/** One of the two that are compared: runs scripts one after the other, and gives raw replies. */
export interface ScriptArm {
  run(scripts: readonly string[]): Promise<readonly string[]>;
  close(): void;
}

/** What every script is given: two keys, and two arguments of which one is a number. */
const given = ["2", "key:1", "key:2", "argument", "2"];

/** The engine, just started. */
export function engineArm(): ScriptArm {
  const server = new RedisServer({ clock: systemClock(), random: seededRandom("scripts") });
  const session = server.connect(() => undefined);
  return {
    run: (scripts) => Promise.resolve(scripts.map((script) => evaluated(session, script))),
    close: () => undefined,
  };
}

function evaluated(session: RedisSession, script: string): string {
  let answer = "";
  session.execute(["EVAL", script, ...given], (reply) => {
    answer = encodeReply(reply);
  });
  return answer;
}

/** A real server. */
export async function serverArm(port: number): Promise<ScriptArm> {
  const wire = await Wire.connect(port);
  return {
    run: (scripts) => wire.send(scripts.map((script) => ["EVAL", script, ...given])),
    close: () => {
      wire.close();
    },
  };
}
