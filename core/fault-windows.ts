import type { FaultEvent, ReplicaEvent } from "./events.ts";
import { begun, type Growing } from "./growing.ts";
import type { FaultWindow } from "./history.ts";

/** Puts the events of faults together, each from its beginning to its heal. */
export interface FaultWindows {
  add(event: FaultEvent): void;
  /** A replica changes its state: perhaps a fault in force has struck it. */
  see(event: ReplicaEvent): void;
}

/**
 * Windows are added to the list as faults begin.
 *
 * Only a fault that lies in wait tells when it strikes. Any other has struck when it begins, and what tells it from a
 * trap that never sprang is that the world sees its target leave.
 */
export function faultWindows(windows: FaultWindow[]): FaultWindows {
  const byName = new Map<string, Growing<FaultWindow>>();
  const told = new Set<Growing<FaultWindow>>();
  const begin = ({ fault, action, targets, to, delayMs, at }: FaultEvent): void => {
    const times = { beginAt: at, struckAt: undefined, healAt: undefined };
    const link = { ...(to === undefined ? {} : { to }), ...(delayMs === undefined ? {} : { delayMs }) };
    const window = { fault, action, targets: [...targets], ...link, ...times };
    byName.set(fault, window);
    windows.push(window);
  };
  const strike = (window: Growing<FaultWindow>, { targets, at }: FaultEvent): void => {
    window.targets.push(...targets.filter((target) => !window.targets.includes(target)));
    if (!told.has(window)) window.struckAt = at;
    told.add(window);
  };
  return {
    add(event) {
      if (event.phase === "begin") return begin(event);
      const window = begun(byName.get(event.fault), event);
      if (event.phase === "strike") return strike(window, event);
      window.healAt ??= event.at;
    },
    see({ replica, phase }) {
      if (!hasLeft[phase]) return;
      for (const window of byName.values()) {
        const isInForce = window.healAt === undefined && window.targets.includes(replica);
        if (isInForce) window.struckAt ??= window.beginAt;
      }
    },
  };
}

const hasLeft: Readonly<Record<ReplicaEvent["phase"], boolean>> = {
  starting: false,
  ready: false,
  paused: true,
  resumed: false,
  stopping: true,
  exited: true,
};
