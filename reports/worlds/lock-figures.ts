import type { History, SectionHistory } from "../../core/mod.ts";
import { staysOf } from "../figures/stays.ts";
import { figure, missingFigure, type FigureDefinition, type WorldFigure } from "./figure.ts";

const family = "locks";

const definitions = {
  locks: { id: "locks-taken", title: "job locks taken", unit: "per second", family },
  lockRenewals: { id: "lock-renewals", title: "job lock renewals", unit: "per second", family, gap: "cpu" },
  leaseRenewals: { id: "lease-renewals", title: "lease renewals, while held", unit: "per second", family },
  terms: { id: "lease-terms", title: "terms of leases", unit: "count", family },
  changes: { id: "lease-changes", title: "changes of a lease's holder", unit: "count", family },
} as const satisfies Record<string, FigureDefinition>;

/** How busy locks and leases were while load came in and faults were in force, and how often leases changed hands. */
export function lockFigures(history: History): WorldFigure[] {
  const { sections, phases } = history;
  const fromMs = phases.find(({ phase }) => phase === "load")?.at;
  const toMs = phases.findLast(({ phase }) => phase === "load-end")?.at;
  const of = (guard: SectionHistory["guard"]): SectionHistory[] => sections.filter((each) => each.guard === guard);
  const [locks, leases] = [of("lock"), of("lease")];
  const lastedMs = fromMs === undefined || toMs === undefined ? 0 : toMs - fromMs;
  return [
    rate(definitions.locks, locks, locks.length, lastedMs),
    rate(definitions.lockRenewals, locks, renewals(locks), lastedMs),
    rate(definitions.leaseRenewals, leases, renewals(leases), heldMs(history)),
    number(definitions.terms, leases, leases.length),
    number(definitions.changes, leases, changes(leases)),
  ];
}

function rate(
  definition: FigureDefinition,
  examined: readonly SectionHistory[],
  count: number,
  lastedMs: number,
): WorldFigure {
  if (lastedMs <= 0) return missingFigure(definition, "there was no time to count in");
  return number(definition, examined, (count * 1_000) / lastedMs);
}

function number(definition: FigureDefinition, examined: readonly SectionHistory[], value: number): WorldFigure {
  return examined.length === 0 ? missingFigure(definition, "none was held") : figure(definition, value);
}

function renewals(sections: readonly SectionHistory[]): number {
  return sections.reduce((sum, each) => sum + each.renewals, 0);
}

/** Leases are held from boot to end, which takes longer where processes have to load. */
function heldMs(history: History): number {
  const leases = staysOf(history).filter(({ section }) => section.guard === "lease");
  return leases.reduce((sum, { section, untilMs }) => sum + untilMs - section.enteredAt, 0);
}

/** A term that follows another holder's under the same key. */
function changes(leases: readonly SectionHistory[]): number {
  const inOrder = leases.toSorted((a, b) => a.enteredAt - b.enteredAt);
  const holders = new Map<string, string>();
  return inOrder.filter(({ key, who }) => {
    const before = holders.get(key);
    holders.set(key, who);
    return before !== undefined && before !== who;
  }).length;
}
