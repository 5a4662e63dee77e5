import type { Bytes } from "../../bytes.ts";
import type { Call } from "../call.ts";
import { command, writes, type Command } from "../command.ts";
import { int64Min, integerOf, sumOf, type Int64 } from "../integers.ts";
import { addExactly } from "../long-double.ts";
import { notAFloat, Refusal } from "../refusal.ts";
import type { Reply } from "../reply.ts";

/** Strings that hold a number. */
export const counterCommands: readonly Command[] = [
  command("incr", 2, writes, ([, key], call) => add(call, key, 1)),
  command("decr", 2, writes, ([, key], call) => add(call, key, -1)),
  command("incrby", 3, writes, ([, key, by], call) => add(call, key, integerOf(by))),
  command("decrby", 3, writes, ([, key, by], call) => {
    const decrement = integerOf(by);
    if (decrement === int64Min) throw new Refusal("ERR decrement would overflow");
    return add(call, key, typeof decrement === "number" ? 0 - decrement : -decrement);
  }),
  command("incrbyfloat", 3, writes, ([, key, by], call) => addFloat(call, key, by)),
];

function add({ db }: Call, key: Bytes, by: Int64): Reply {
  const sum = sumOf(integerOf(db.string(key) ?? "0"), by);
  if (sum === undefined) throw new Refusal("ERR increment or decrement would overflow");
  db.save(key, String(sum));
  return sum;
}

function addFloat(call: Call, key: Bytes, by: Bytes): Reply {
  const sum = addExactly(call.db.string(key) ?? "0", by, { left: notAFloat, right: notAFloat });
  call.db.save(key, sum);
  call.effects = [["SET", key, sum, "KEEPTTL"]];
  return sum;
}
