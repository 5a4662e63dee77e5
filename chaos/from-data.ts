import { isDuration, nearestNames, UsageError, type Duration, type Role, type ServerName } from "../core/mod.ts";
import { blackhole } from "./blackhole.ts";
import { faultCatalog } from "./catalog.ts";
import { clockJump } from "./clock-jump.ts";
import { crashAt } from "./crash-at.ts";
import { cut } from "./cut.ts";
import { delayAt } from "./delay-at.ts";
import { delay } from "./delay.ts";
import { failOver } from "./fail-over.ts";
import type { FaultData, FaultName } from "./fault-data.ts";
import type { Fault } from "./fault.ts";
import { join } from "./join.ts";
import { kill } from "./kill.ts";
import { loseLeader } from "./lose-leader.ts";
import { loseReply } from "./lose-reply.ts";
import { partition, type PartitionOptions } from "./partition.ts";
import { pauseAt } from "./pause-at.ts";
import { pause } from "./pause.ts";
import { reset } from "./reset.ts";
import { restartServer } from "./restart-server.ts";
import { restart } from "./restart.ts";
import { sleepPrimary } from "./sleep-primary.ts";
import { terminateAt } from "./terminate-at.ts";
import { terminate } from "./terminate.ts";
import { throttle, type Bandwidth } from "./throttle.ts";
import type { TrapOptions } from "./trap-fault.ts";

const makers: Readonly<Record<FaultName, (data: FaultData) => Fault>> = {
  kill: ({ selector }) => kill(selector),
  terminate: ({ selector }) => terminate(selector),
  pause: ({ selector }) => pause(selector),
  restart: ({ selector }) => restart(selector),
  join: (data) => join(roleIn(data)),
  crashAt: (data) => crashAt(data.selector, callIn(data), trapOptionsIn(data)),
  pauseAt: (data) => pauseAt(data.selector, callIn(data), trapOptionsIn(data)),
  terminateAt: (data) => terminateAt(data.selector, callIn(data), trapOptionsIn(data)),
  delayAt: (data) => delayAt(data.selector, callIn(data), { ...trapOptionsIn(data), delay: timeIn(data, "delay") }),
  cut: (data) => cut(data.selector, serverIn(data)),
  delay: (data) => delay(data.selector, serverIn(data), { by: timeIn(data, "by"), jitter: timeIn(data, "jitter") }),
  blackhole: (data) => blackhole(data.selector, serverIn(data)),
  reset: (data) => reset(data.selector, serverIn(data)),
  throttle: (data) => throttle(data.selector, serverIn(data), { rate: rateIn(data) }),
  loseReply: (data) => loseReply(data.selector, serverIn(data)),
  failOver: (data) =>
    failOver(struckIn(data, "redis"), { detect: timeIn(data, "detect"), behind: timeIn(data, "behind") }),
  sleepPrimary: (data) =>
    sleepPrimary(struckIn(data, "redis"), { detect: timeIn(data, "detect"), believes: timeIn(data, "believes") }),
  restartServer: (data) =>
    restartServer(struckIn(data, "redis", "nats"), {
      down: timeIn(data, "down"),
      keepsData: data.options?.["keepsData"] !== false,
    }),
  loseLeader: (data) => loseLeader(struckIn(data, "nats")),
  partition: (data) => partition(data.selector, serverIn(data), { way: wayIn(data) }),
  clockJump: (data) => clockJump(data.selector, { by: timeIn(data, "by") }),
};

/**
 * Makes a fault of data, which may come from a file.
 *
 * @throws UsageError for an action that there is not, with the nearest names, and for data that do not fit it.
 */
export function faultFromData(data: FaultData): Fault {
  const names = faultCatalog.map(({ name }) => name);
  const make = names.includes(data.action) ? makers[data.action] : undefined;
  if (!make) throw unknownAction(data.action, names);
  if (typeof data.selector !== "string") throw misfit(data, "a selector");
  return make(data);
}

function unknownAction(action: string, names: readonly string[]): UsageError {
  const nearest = nearestNames(action, names);
  const hint = nearest.length > 0 ? `did you mean ${nearest.join(", ")}?` : `there are ${names.join(", ")}`;
  return new UsageError(`There is no fault "${action}"`, hint);
}

const roles: readonly Role[] = ["gateway", "scheduler", "workflow", "worker"];

function roleIn(data: FaultData): Role {
  const found = roles.find((role) => role === data.selector);
  if (found) return found;
  throw misfit(data, `a role: ${roles.join(", ")}`);
}

function callIn(data: FaultData): string {
  if (typeof data.call === "string") return data.call;
  throw misfit(data, "a call, such as jobs.advance");
}

function serverIn(data: FaultData): string {
  if (typeof data.to === "string") return data.to;
  throw misfit(data, "the other end of its link in `to`, such as redis");
}

/** The server that a fault strikes, which is one of these. */
function struckIn<Name extends ServerName>(data: FaultData, ...names: Name[]): Name {
  const found = names.find((name) => name === data.selector);
  if (found) return found;
  throw misfit(data, `a server: ${names.join(" or ")}`);
}

function trapOptionsIn(data: FaultData): TrapOptions {
  const { when = "before", nth = 1 } = data.options ?? {};
  if (when !== "before" && when !== "after") throw misfit(data, "`when`: before or after");
  if (nth === "every" || (typeof nth === "number" && Number.isInteger(nth) && nth >= 1)) return { when, nth };
  throw misfit(data, "`nth`: a number from 1, or every");
}

function timeIn(data: FaultData, name: string): Duration {
  const value = data.options?.[name];
  if (typeof value === "string" && isDuration(value)) return value;
  throw misfit(data, `\`${name}\`: a duration such as 250ms`);
}

function wayIn(data: FaultData): PartitionOptions["way"] {
  const way = data.options?.["way"];
  if (way === "there" || way === "back") return way;
  throw misfit(data, "`way`: there or back");
}

function rateIn(data: FaultData): Bandwidth {
  const value = `${data.options?.["rate"]}`;
  if (/^\d+(\.\d+)?[KM]B\/s$/.test(value)) return value as Bandwidth;
  throw misfit(data, "`rate`: a bandwidth such as 16KB/s");
}

function misfit(data: FaultData, wants: string): UsageError {
  return new UsageError(`The fault ${data.action} wants ${wants}`, `it was given ${JSON.stringify(data)}`);
}
