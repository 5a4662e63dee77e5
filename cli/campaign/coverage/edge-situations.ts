import type { History, OperationEvent } from "../../../core/mod.ts";
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
    count: ({ replicas, jobs }) => {
      const stops = replicas.filter(({ phase }) => phase === "stopping");
      const isBusy = (replica: string, at: number): boolean =>
        [...jobs.values()].some(({ executions, writes }) => {
          const executes = executions.some((each) => each.worker === replica && spans(each.beginAt, each.endAt, at));
          return executes || writes.some((each) => each.who === replica && spans(each.sentAt ?? each.at, each.at, at));
        });
      return stops.filter(({ replica, at }) => isBusy(replica, at)).length;
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

function spans(from: number, to = Infinity, at: number): boolean {
  return from <= at && at < to;
}
