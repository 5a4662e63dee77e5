import { seededRandom, systemClock } from "../../../core/mod.ts";
import { encodeReply, RedisServer, type RedisSession } from "../../../sim/mod.ts";
import { Wire } from "../redis/arms.ts";

/** One of the two that are compared: carries out commands one after the other, and gives raw replies. */
export interface ScriptArm {
  send(commands: readonly (readonly string[])[]): Promise<readonly string[]>;
  close(): void;
}

/** What runs a script; it is given two keys, and two arguments of which one is a number. */
export function evaluation(script: string): readonly string[] {
  return ["EVAL", script, "2", "key:1", "key:2", "argument", "2"];
}

/** The engine, just started. */
export function engineArm(): ScriptArm {
  const server = new RedisServer({ clock: systemClock(), random: seededRandom("scripts") });
  const session = server.connect(() => undefined);
  return {
    send: (commands) => Promise.resolve(commands.map((command) => answerOf(session, command))),
    close: () => {
      session.close();
    },
  };
}

function answerOf(session: RedisSession, command: readonly string[]): string {
  let answer = "";
  session.execute(command, (reply) => {
    answer = encodeReply(reply);
  });
  return answer;
}

/** A real server. */
export async function serverArm(port: number): Promise<ScriptArm> {
  const wire = await Wire.connect(port);
  return {
    send: (commands) => wire.send(commands),
    close: () => {
      wire.close();
    },
  };
}
