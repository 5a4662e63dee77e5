import type { Bytes } from "../../bytes.ts";
import { command, keyless, type Command } from "../command.ts";
import { Refusal } from "../refusal.ts";

/** Commands of Redis 7.0 that this engine knows by name only, by their arity: they fail loudly. */
const names: Readonly<Record<number, string>> = {
  [1]: "asking bgrewriteaof lastsave monitor pfselftest save sync",
  [2]: "dump xlen",
  [3]: "getbit pfdebug replicaof slaveof spublish",
  [4]: "setbit",
  [-1]: "bgsave failover lolwut replconf shutdown sunsubscribe",
  [-2]:
    "acl bitcount bitfield bitfield_ro cluster config debug function geohash geopos latency memory module object " +
    "pfadd pfcount pfmerge slowlog sort sort_ro ssubscribe xgroup xinfo",
  [-3]: "bitpos fcall fcall_ro lcs psync xdel xpending xsetid",
  [-4]: "bitop geodist restore restore-asking xack xrange xread xrevrange xtrim",
  [-5]: "geoadd georadiusbymember georadiusbymember_ro xadd",
  [-6]: "georadius georadius_ro migrate xautoclaim xclaim",
  [-7]: "geosearch xreadgroup",
  [-8]: "geosearchstore",
};

/** Each answers that it is not simulated. A transaction that holds one is refused as a whole. */
export const unsimulatedCommands: readonly Command[] = Object.entries(names).flatMap(([arity, words]) =>
  words.split(" ").map((name) => refused(name, Number(arity))),
);

/** The subcommands of a container that are not simulated, by their arity. */
export function unsimulatedIn(container: Bytes, subcommands: Readonly<Record<string, number>>): readonly Command[] {
  return Object.entries(subcommands).map(([name, arity]) => refused(name, arity, `${container} ${name}`));
}

function refused(name: Bytes, arity: number, shown = name): Command {
  return command(name, arity, { ...keyless, flags: ["unsimulated"] }, () => {
    throw unsimulated(shown);
  });
}

/** What a command that is known and not implemented answers. */
export function unsimulated(name: Bytes): Refusal {
  return new Refusal(`ERR seatrial: ${name.toUpperCase().replace("|", " ")} is not simulated`);
}
