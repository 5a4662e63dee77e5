import type { Disturbance, Trap } from "../core/mod.ts";
import type { faultCatalog } from "./catalog.ts";

/** A fault's name, as scenarios call it. */
export type FaultName = (typeof faultCatalog)[number]["name"];

/** A fault written down as plain data: what `faultFromData` makes the same fault of. */
export interface FaultData {
  readonly action: FaultName;
  /** For `join`: the role. */
  readonly selector: string;
  /** For a fault of the network: the other end of the link. */
  readonly to?: string;
  /** For a trap: the call at which it lies in wait. */
  readonly call?: string;
  /** As the fault takes them: `{ when: "after", nth: 10 }`. */
  readonly options?: Readonly<Record<string, string | number | boolean>>;
}

const trapNames = { kill: "crashAt", pause: "pauseAt", stop: "terminateAt", delay: "delayAt" } as const;

/** A trap's fault as data. */
export function trapData(selector: string, { call, when, nth = 1, action, delayMs }: Trap): FaultData {
  const delay = delayMs === undefined ? {} : { delay: `${delayMs}ms` };
  return { action: trapNames[action], selector, call, options: { when, nth, ...delay } };
}

/** A link's fault as data. */
export function linkData(selector: string, to: string, disturbance: Disturbance): FaultData {
  const options = linkOptions(disturbance);
  return { action: disturbance.kind, selector, to, ...(options ? { options } : {}) };
}

function linkOptions(disturbance: Disturbance): Record<string, string> | undefined {
  if (disturbance.kind === "delay") return { by: `${disturbance.ms}ms`, jitter: `${disturbance.jitterMs}ms` };
  return disturbance.kind === "throttle" ? { rate: `${disturbance.bytesPerSecond / 1_000}KB/s` } : undefined;
}
