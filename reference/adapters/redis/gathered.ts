import { messageOf, type Clock } from "../../../core/mod.ts";
import type { Command, Log, Redis } from "../../ports/mod.ts";

/** What gathering takes. */
export interface GatheredParts {
  readonly redis: Pick<Redis, "command">;
  readonly clock: Pick<Clock, "after">;
  readonly log: Log;
}

/** Members of a set that many callers add or remove, and nobody waits for. */
export interface Gathered<Member> {
  add(member: Member): void;
}

/** At 1,500 jobs a second one command serves thirty of them; a reader of the index is as much behind. */
const gatherForMs = 20;
/** More are not held back. */
const gatheredMax = 500;

/**
 * Gathers members for a moment, so that one command serves all of them. When the command fails, or this process dies
 * in that moment, the members are lost: only for what heals itself.
 */
export function gathered<Member>(
  { redis, clock, log }: GatheredParts,
  commandOf: (members: readonly Member[]) => Command,
): Gathered<Member> {
  let members: Member[] = [];
  const send = (): void => {
    if (members.length === 0) return;
    const command = commandOf(members);
    members = [];
    redis.command(...command).catch((thrown: unknown) => {
      log.debug("index not written", { command: command[0], key: command[1], because: messageOf(thrown) });
    });
  };
  return {
    add(member) {
      members.push(member);
      if (members.length === 1) clock.after(gatherForMs, send);
      else if (members.length >= gatheredMax) send();
    },
  };
}
