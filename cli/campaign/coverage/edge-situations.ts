import type { History, OperationEvent } from "../../../core/mod.ts";
import { executesAt } from "./lives.ts";
import type { Situation } from "./situation.ts";

const tooManyRequests = 429;

/** What may happen where the plane meets its clients and its workers. */
export const edgeSituations: readonly Situation[] = [
  operations("the limiter refused a request", ["G4"], ({ status }) => status === tooManyRequests),
  operations(
    "a client could not know what became of its request",
    ["G1", "G9"],
    ({ outcome }) => outcome === "unknown",
  ),
  {
    id: "an idempotency key was sent more than once",
    tries: ["G9"],
    count: (history) => [...byKey(history).values()].filter((sent) => sent.length > 1).length,
  },
  {
    id: "an unknown outcome was made clear under its key",
    tries: ["G9"],
    count: (history) => [...byKey(history).values()].filter(isMadeClear).length,
  },
  {
    id: "a worker came or went under load",
    tries: ["G5"],
    count: ({ replicas, phases }) => {
      const timeOf = (name: string): number => phases.find(({ phase }) => phase === name)?.at ?? Infinity;
      const [from, to] = [timeOf("load"), timeOf("end")];
      const changes = replicas.filter(({ role, at }) => role === "worker" && from < at && at < to);
      return changes.filter(({ phase }) => phase === "ready" || phase === "exited").length;
    },
  },
  {
    id: "a replica was told to stop with work in hand",
    tries: ["G8"],
    count: (history) => {
      const stops = history.replicas.filter(({ phase }) => phase === "stopping");
      return stops.filter(({ replica, at }) => isBusy(replica, at, history)).length;
    },
  },
];

function operations(id: string, tries: readonly string[], is: (operation: OperationEvent) => boolean): Situation {
  return { id, tries, count: (history) => history.operations.filter(is).length };
}

function byKey({ operations: all }: History): Map<string, OperationEvent[]> {
  const keys = new Map<string, OperationEvent[]>();
  for (const operation of all) {
    const { idempotencyKey } = operation;
    if (idempotencyKey === undefined) continue;
    const sent = keys.get(idempotencyKey);
    if (sent) sent.push(operation);
    else keys.set(idempotencyKey, [operation]);
  }
  return keys;
}

function isMadeClear(sent: readonly OperationEvent[]): boolean {
  const unclear = sent.findIndex(({ outcome }) => outcome === "unknown");
  return unclear >= 0 && sent.slice(unclear + 1).some(({ outcome }) => outcome === "ok");
}

/** Whether a replica executed a job, or waited for a write of its own. */
function isBusy(replica: string, at: number, history: History): boolean {
  if (executesAt(at, replica, history)) return true;
  return [...history.jobs.values()].some(({ writes }) =>
    writes.some((each) => each.who === replica && (each.sentAt ?? each.at) <= at && at < each.at),
  );
}
