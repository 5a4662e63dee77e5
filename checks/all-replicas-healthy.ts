import type { History, ReplicaEvent, Role } from "../core/mod.ts";
import { check, type Check, type Finding } from "./check.ts";
import { moment } from "./moment.ts";
import { trialEndOf } from "./run-end.ts";

/** How many replicas of a role there must be, at least. */
export type ReplicaMinimum = Readonly<Partial<Record<Role, number>>>;

/**
 * Every replica of the cluster came up, was seen healthy from outside after that, and did not exit before the end of
 * the trial; and of each role there are as many as asked for.
 */
export function allReplicasHealthy(minimum: ReplicaMinimum = {}): Check {
  return check("all replicas healthy", (history) => subjectsOf(history, minimum), judge, {
    subjects: "replicas and roles",
    none: "the world told of no replica",
    seen: "each came up, was healthy from outside, and stayed",
  });
}

/** One replica's life, or how many a role has. */
type Subject =
  | { readonly replica: string; readonly trouble: string | undefined }
  | { readonly role: string; readonly healthy: number; readonly wanted: number };

function subjectsOf(history: History, minimum: ReplicaMinimum): Subject[] {
  const lives = [...Map.groupBy(history.replicas, ({ replica }) => replica)];
  const replicas = lives.map(([replica, events]) => ({
    replica,
    role: events[0]?.role,
    trouble: troubleOf(replica, events, history),
  }));
  if (replicas.length === 0) return [];
  const roles = Object.entries(minimum).map(([role, wanted]) => ({
    role,
    wanted,
    healthy: replicas.filter((each) => each.role === role && each.trouble === undefined).length,
  }));
  return [...replicas, ...roles];
}

function judge(subject: Subject): Finding {
  if ("replica" in subject) {
    return subject.trouble === undefined ? undefined : { subject: subject.replica, because: subject.trouble };
  }
  const { role, healthy, wanted } = subject;
  return healthy >= wanted ? undefined : { subject: role, because: `${healthy} of at least ${wanted} were healthy` };
}

function troubleOf(replica: string, events: readonly ReplicaEvent[], history: History): string | undefined {
  const readyAt = events.find(({ phase }) => phase === "ready")?.at;
  if (readyAt === undefined) return "it never became ready";
  const exit = events.find(({ phase, at }) => phase === "exited" && at < trialEndOf(history));
  if (exit) return `it exited at ${moment(exit.at)}`;
  const wasHealthy = history.healthReads.some((read) => read.replica === replica && read.healthy && read.at >= readyAt);
  return wasHealthy ? undefined : `nobody saw it healthy after it became ready at ${moment(readyAt)}`;
}
