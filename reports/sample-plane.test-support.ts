import type { JobHistory, Random, ReplicaEvent, SampleEvent, SectionHistory } from "../core/mod.ts";

/** Two leases, each with two terms: the first holder is killed. */
export function sampleTerms(lastedMs: number): SectionHistory[] {
  const killAt = lastedMs * 0.3;
  const term = (key: string, who: string, enteredAt: number, until: number, left: boolean): SectionHistory => ({
    guard: "lease",
    key,
    section: `${key}/${who}`,
    who,
    enteredAt,
    renewedAt: enteredAt,
    renewals: 0,
    validUntil: until,
    endedAt: left ? until : undefined,
    endNotedAt: left ? until : undefined,
    end: left ? "left" : undefined,
    removed: left ? true : undefined,
  });
  return ["cordum:reconciler:default", "cordum:replayer:pending"].flatMap((key, index) => [
    term(key, "scheduler-1", 2_100 + index * 40, killAt + 900, false),
    term(key, "scheduler-3", killAt + 2_050 + index * 310, lastedMs - 900, true),
  ]);
}

/** A lock held for each job. */
export function sampleLocks(jobs: readonly JobHistory[]): SectionHistory[] {
  return jobs.map((job, index) => {
    const enteredAt = job.acknowledgedAt ?? 0;
    return {
      guard: "lock",
      key: `cordum:scheduler:job:${job.id}`,
      section: `lock-${index}`,
      who: `scheduler-${1 + (index % 3)}`,
      enteredAt,
      renewedAt: enteredAt,
      renewals: 0,
      validUntil: enteredAt + 3_000,
      endedAt: enteredAt + 4,
      endNotedAt: enteredAt + 5,
      end: index % 700 === 699 ? "abandoned" : "left",
      removed: index % 700 !== 699,
    };
  });
}

/** Nine replicas: one is killed and comes back, one is paused. */
export function sampleReplicas(lastedMs: number): ReplicaEvent[] {
  const ids = ["gateway-1", "gateway-2", "scheduler-1", "scheduler-2", "scheduler-3"];
  ids.push("worker-1", "worker-2", "worker-3", "worker-4");
  return ids
    .flatMap((replica, index) => {
      const event = (at: number, phase: ReplicaEvent["phase"], rest: Partial<ReplicaEvent> = {}): ReplicaEvent => {
        return { kind: "replica", who: "world", at, replica, role: replica.replace(/-\d+$/, ""), phase, ...rest };
      };
      return [
        event(300 + index * 110, "starting"),
        event(1_100 + index * 160, "ready"),
        ...faultsOf(replica, lastedMs, event),
        event(lastedMs - 1_200, "stopping"),
        event(lastedMs - 300 - index * 20, "exited", { exitCode: 0 }),
      ];
    })
    .toSorted((a, b) => a.at - b.at);
}

function faultsOf(
  replica: string,
  lastedMs: number,
  event: (at: number, phase: ReplicaEvent["phase"], rest?: Partial<ReplicaEvent>) => ReplicaEvent,
): ReplicaEvent[] {
  const [killed, restarted, paused, resumed] = [0.3, 0.45, 0.55, 0.63].map((share) => share * lastedMs);
  if (replica === "scheduler-1") {
    return [
      event(killed ?? 0, "exited", { signal: "SIGKILL" }),
      event((restarted ?? 0) + 5, "starting"),
      event((restarted ?? 0) + 850, "ready"),
    ];
  }
  return replica === "worker-2" ? [event(paused ?? 0, "paused"), event(resumed ?? 0, "resumed")] : [];
}

/** The load generator's own delay in each second. */
export function sampleDelays(lastedMs: number, random: Random): SampleEvent[] {
  return Array.from({ length: Math.floor(lastedMs / 1_000) }, (_, second) => ({
    kind: "sample",
    who: "load",
    at: second * 1_000 + 500,
    name: "eventLoopDelayMs",
    value: 10 + random.exponential(1.5),
  }));
}
