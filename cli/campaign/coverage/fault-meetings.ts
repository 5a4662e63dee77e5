import type { FaultWindow, History } from "../../../core/mod.ts";
import { executesAt, sectionsOpenAt } from "./lives.ts";

/** What a replica of each role may be doing when a fault strikes it; idle, when it does none of it. */
const doings: Readonly<Record<string, readonly string[]>> = {
  scheduler: ["leading", "holding a job lock"],
  workflow: ["leading", "holding a run lock"],
  worker: ["executing"],
  gateway: ["answering a request"],
  clients: ["waiting for an answer"],
};

const idle = "idle";

/** How a meeting of a fault and a state is written: `kill × scheduler × leading`. */
export function meetingId(action: string, role: string, doing: string): string {
  return `${action} × ${role} × ${doing}`;
}

/** The parts of a meeting's id; nothing for the id of another situation. */
export function meetingOf(id: string): { action: string; role: string; doing: string } | undefined {
  const [action, role, doing] = id.split(" × ");
  return action === undefined || role === undefined || doing === undefined ? undefined : { action, role, doing };
}

/** Which fault met which state of its target, and how often. States that a fault could have met count 0. */
export function faultMeetings(history: History): Record<string, number> {
  const met: Record<string, number> = {};
  for (const fault of history.faults) {
    for (const target of fault.targets) meet(fault, target, history, met);
  }
  return met;
}

function meet({ action, struckAt }: FaultWindow, target: string, history: History, met: Record<string, number>): void {
  const role = target.replace(/-\d+$/, "");
  const possible = doings[role];
  if (!possible || action === "join") return;
  for (const doing of [...possible, idle]) met[meetingId(action, role, doing)] ??= 0;
  if (struckAt === undefined) return;
  const doing = possible.filter((each) => does(target, each, struckAt, history));
  for (const each of doing.length > 0 ? doing : [idle]) {
    const id = meetingId(action, role, each);
    met[id] = (met[id] ?? 0) + 1;
  }
}

function does(replica: string, doing: string, at: number, history: History): boolean {
  switch (doing) {
    case "leading":
      return sectionsOpenAt(at, replica, history).some(({ guard }) => guard === "lease");
    case "holding a job lock":
    case "holding a run lock":
      return sectionsOpenAt(at, replica, history).some(({ guard }) => guard === "lock");
    case "executing":
      return executesAt(at, replica, history);
    default:
      return history.operations.some(
        ({ via, sentAt, at: doneAt }) => (replica === "clients" || via === replica) && sentAt <= at && at < doneAt,
      );
  }
}
