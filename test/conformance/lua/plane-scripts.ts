import { readFileSync } from "node:fs";

const scripts = new URL("../../../reference/adapters/redis/", import.meta.url);

/** A life of a job, of a run and of what else the plane keeps, told in its own scripts. */
export const planeCommands: readonly (readonly string[])[] = [
  evaluated("job-open", ["job:1"], ["state"]),
  evaluated("job-create", ["job:1"], ["gateway", "", "topic", "t", "payload", '{"a":"é"}']),
  evaluated("job-create", ["job:1"], ["gateway", "", "topic", "other"]),
  evaluated("job-create", ["job:2"], ["gateway", '[{"publish":1}]', "topic", "t"]),
  evaluated("job-open", ["job:1"], ["state", "topic", "missing", "epoch"]),
  evaluated("job-open", ["job:2"], ["state", "op"]),
  evaluated("job-advance", ["job:1"], ["1", "PENDING", "op-1", "1", "me", "0", "", "1", "SCHEDULED"]),
  advance("2", "PENDING", "op-1", "[1]", ["SCHEDULED", "DISPATCHED"], ["worker_id", "w1", "note", ""]),
  advance("2", "PENDING", "op-1", "[1]", ["SCHEDULED", "DISPATCHED"], ["worker_id", "w1"]),
  advance("2", "PENDING", "op-2", "", ["SCHEDULED"], []),
  evaluated("job-claim", ["job:1"], ["2", "claim-1", "w1", "s1", "worker"]),
  evaluated("job-claim", ["job:1"], ["1", "claim-1", "w1", "s1", "worker"]),
  evaluated("job-claim", ["job:1"], ["1", "claim-1", "w1", "s1", "worker"]),
  evaluated("job-claim", ["job:1"], ["1", "claim-2", "w2", "s2", "worker"]),
  evaluated("job-claim", ["job:3"], ["1", "claim-1", "w1", "s1", "worker"]),
  evaluated("job-open", ["job:1"], ["state", "revision", "log"]),
  ...Array.from({ length: 70 }, (_, turn) =>
    advance(String(turn + 5), "RUNNING", `again-${turn}`, turn % 9 === 0 ? "[2]" : "", Array(5).fill("RUNNING"), []),
  ),
  ["HMGET", "job:1", "state", "revision", "op", "epoch", "log", "outbox", "outbox:6", "outbox:60", "note", "topic"],
  evaluated("run-read", ["run:1"], []),
  evaluated("run-create", ["run:1"], ['{"steps":[]}', "RUNNING", '["x"]']),
  evaluated("run-create", ["run:1"], ["{}", "RUNNING", ""]),
  evaluated("run-open", ["run:1"], []),
  evaluated("run-open", ["run:2"], []),
  evaluated("run-save", ["run:1"], ["1", "1", '{"v":2}', "RUNNING", "0", "", "line one", "line two"]),
  evaluated("run-save", ["run:1"], ["1", "1", '{"v":3}', "RUNNING", "0", ""]),
  evaluated("run-save", ["run:1"], ["2", "1", '{"v":3}', "DONE", "60000", '["y"]', "line three"]),
  evaluated("run-read", ["run:1"], []),
  evaluated("run-timeline", ["run:1"], []),
  evaluated("run-timeline", ["run:2"], []),
  ["HGETALL", "run:1"],
  ["ZADD", "timers", "1000", "run:1", "9999999999999", "run:2"],
  evaluated("run-timers-due", ["timers"], ["10"]),
  evaluated("run-timers-clear", ["timers"], ["run:1", "1000.0"]),
  evaluated("run-timers-clear", ["timers"], ["run:1", "1000"]),
  evaluated("run-timers-clear", ["timers"], ["run:2", "1"]),
  ["SET", "lock", "mine", "PX", "60000"],
  evaluated("lock-renew", ["lock"], ["mine", "60000"]),
  evaluated("lock-renew", ["lock"], ["theirs", "60000"]),
  evaluated("lock-release", ["lock"], ["theirs"]),
  evaluated("lock-release", ["lock"], ["mine"]),
  evaluated("lock-release", ["lock"], ["mine"]),
  evaluated("snapshot-write", ["snapshot"], ["3", '{"epoch":3,"workers":[{"id":"w","load":0.5}]}']),
  evaluated("snapshot-write", ["snapshot"], ["2", '{"epoch":2}']),
  evaluated("snapshot-write", ["snapshot"], ["4", "no JSON"]),
  evaluated("snapshot-write", ["snapshot"], ["5", '{"epoch":5}']),
];

/** A reply without what the clock says: microseconds since the Unix epoch. */
export function withoutTime(reply: string): string {
  return reply.replaceAll(/\b1\d{15}\b/g, "<µs>");
}

function advance(
  revision: string,
  state: string,
  token: string,
  intents: string,
  path: readonly string[],
  fields: readonly string[],
): readonly string[] {
  const args = [revision, state, token, "1", "me", "0", intents, String(path.length), ...path, ...fields];
  return evaluated("job-advance", ["job:1"], args);
}

function evaluated(name: string, keys: readonly string[], args: readonly string[]): readonly string[] {
  const prelude = /^(?:job|run)(?=-)/.exec(name)?.[0];
  const text = prelude === undefined ? read(name) : `${read(`${prelude}-record`)}\n${read(name)}`;
  return ["EVAL", text, String(keys.length), ...keys, ...args.map((arg) => Buffer.from(arg).toString("latin1"))];
}

function read(name: string): string {
  return readFileSync(new URL(`${name}.lua`, scripts), "latin1");
}
