import {
  everyRunEnds,
  legalTransitions,
  lockIsExclusive,
  noEffectTwice,
  noJobIsLost,
  oneDispatchPerEpoch,
  oneExecutionPerEpoch,
  oneLeaderAtATime,
  oneTerminalState,
  stepsRunOnceInOrder,
  type Check,
} from "../../checks/mod.ts";
import type { Load } from "../../loadgen/mod.ts";
import type { Pace, Scenario } from "../../scenarios/mod.ts";

/** Faults after which the store has lost what it had acknowledged: no plane can promise then what it usually does. */
const losing: ReadonlySet<string> = new Set(["failOver", "sleepPrimary"]);

/**
 * A scenario as a sweep tries it: judged by what the plane promises for any job or run, whatever else the scenario
 * expects, and with patience for every way in which work is found again. Clients send again what they know nothing of.
 *
 * Where the store loses what it had acknowledged, the scenario itself says what must hold all the same.
 */
export function asSwept(scenario: Scenario, pace: Pace): Scenario {
  const load = scenario.load.map((each): Load => ({ ...each, idempotency: "resend", startAt: "0s" }));
  const isLosing = scenario.faults.some(({ fault }) => losing.has(fault.action));
  return { ...scenario, load, settleWithin: pace("300s"), expect: isLosing ? scenario.expect : guaranteesFor(load) };
}

function guaranteesFor(load: readonly Load[]): Check[] {
  const hasRuns = load.some(({ workflow }) => workflow !== undefined);
  const hasJobs = load.some(({ workflow }) => workflow === undefined);
  return [
    ...(hasJobs ? [noJobIsLost(), legalTransitions()] : []),
    ...(hasRuns ? [everyRunEnds(), stepsRunOnceInOrder()] : []),
    noEffectTwice(),
    oneExecutionPerEpoch(),
    oneDispatchPerEpoch(),
    oneTerminalState(),
    lockIsExclusive(),
    oneLeaderAtATime(),
  ];
}
