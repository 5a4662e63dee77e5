import { UsageError, type Clock, type GeneratorHealth, type OpenHttp, type Random, type Witness } from "../core/mod.ts";
import { watchHealth, type HealthWatch } from "./generator-health.ts";
import { inFlight, type InFlight } from "./in-flight.ts";
import { httpClient } from "./http-client.ts";
import { agendaOf, planLoads, type Agenda } from "./load-plan.ts";
import type { Load } from "./load.ts";
import type { OpenGateway } from "./send.ts";
import { submitter, type Submit } from "./submitter.ts";
import { tally, type AcknowledgedRun, type Tally } from "./tally.ts";

/** Where loads go, and who watches. */
export interface RunLoadsOptions {
  readonly gateways: readonly { readonly id: string; readonly url: string }[];
  /** The API key of a client. */
  readonly apiKey: (client: string) => string;
  readonly clock: Clock;
  readonly random: Random;
  readonly witness: Witness;
  /** How servers are reached. @defaultValue over real sockets */
  readonly openHttp?: OpenHttp | undefined;
  /** Stops at once: nothing more is sent, and requests without an answer are given up. */
  readonly signal: AbortSignal;
  /**
   * Operations without an answer. Beyond it, those that are due are dropped, and make the generator unhealthy.
   * @defaultValue 2,000
   */
  readonly inFlightMax?: number;
  /** The bus, for loads that go over it. */
  readonly busUrl?: string;
  /** Unique numbers for operations. @defaultValue 1, 2, … */
  readonly nextId?: () => number;
  /** Whether the machine is watched too: its event loop. Not in virtual time. @defaultValue true */
  readonly machine?: boolean;
  /** Gets a line for people, twice a second. */
  readonly progress?: (line: string) => void;
}

/** What running the loads came to. */
export interface LoadReport {
  readonly health: GeneratorHealth;
  /** The jobs that the plane acknowledged, each once, in order of acknowledgement. */
  readonly acknowledged: string[];
  /** The workflow runs that the plane acknowledged, likewise. @defaultValue none */
  readonly acknowledgedRuns?: AcknowledgedRun[];
  /** How many requests ended in each way. */
  readonly outcomes: Tally["outcomes"];
}

const progressEveryMs = 500;

/**
 * Sends every operation of every load when it is due, whatever the plane does (open loop). A slow answer delays no
 * later operation, and latency counts from when an operation was due, so that a stall is seen in full.
 *
 * @throws UsageError for a load that cannot be sent: no gateway, a split that does not fit, an unreadable rate.
 */
export async function runLoads(loads: readonly Load[], options: RunLoadsOptions): Promise<LoadReport> {
  const { clock, random, signal, inFlightMax = 2_000, machine = true } = options;
  const agenda = agendaOf(planLoads(loads, { random, unixMs: clock.unixMs() }));
  await using gateways = openGateways(options, inFlightMax);
  const counts = tally();
  const submits = submitters(loads, gateways.each, counts, options);
  using health = watchHealth({ machine });
  const reporting = clock.every(progressEveryMs, () => options.progress?.(counts.line(agenda.total)));
  try {
    await sendAll(agenda, { submits, health, counts, clock, signal, inFlightMax });
  } finally {
    reporting.cancel();
  }
  return {
    health: health.figures(),
    acknowledged: counts.acknowledged(),
    acknowledgedRuns: counts.acknowledgedRuns(),
    outcomes: counts.outcomes,
  };
}

/** 1, 2, …: for everyone who writes operations of one run. */
export function operationNumbers(): () => number {
  let last = 0;
  return () => (last += 1);
}

interface OpenGateways extends AsyncDisposable {
  readonly each: readonly OpenGateway[];
}

function openGateways(options: RunLoadsOptions, connectionsMax: number): OpenGateways {
  const { gateways, clock, signal, openHttp = httpClient } = options;
  if (gateways.length === 0) throw new UsageError("There is no gateway to send a load to", "start at least one");
  const each = gateways.map(({ id, url }) => ({ id, client: openHttp(url, { clock, connectionsMax, signal }) }));
  return {
    each,
    async [Symbol.asyncDispose]() {
      await Promise.all(each.map(({ client }) => client.close()));
    },
  };
}

function submitters(
  loads: readonly Load[],
  gateways: readonly OpenGateway[],
  counts: Tally,
  { apiKey, clock, random, witness, signal, nextId = operationNumbers() }: RunLoadsOptions,
): Map<Load, Submit> {
  const context = { gateways, apiKey, clock, random, witness, signal, nextId, tally: counts };
  return new Map(loads.map((load) => [load, submitter(load, context)]));
}

interface Sending {
  readonly submits: ReadonlyMap<Load, Submit>;
  readonly health: HealthWatch;
  readonly counts: Tally;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly inFlightMax: number;
}

/** One loop for all operations. It sleeps until the next one is due, never for a fixed time, so it cannot drift. */
async function sendAll(agenda: Agenda, sending: Sending): Promise<void> {
  const { clock, signal } = sending;
  const beganAt = clock.now();
  const flying = inFlight();
  for (let next = agenda.peek(); next && !signal.aborted && !flying.failed; next = agenda.peek()) {
    const dueAt = beganAt + next.dueMs;
    const waitMs = dueAt - clock.now();
    if (waitMs > 0) {
      await clock.sleep(waitMs, signal);
      continue;
    }
    agenda.take();
    sendOne(next.load, dueAt, flying, sending);
  }
  await flying.landed();
}

function sendOne(load: Load, dueAt: number, flying: InFlight, sending: Sending): void {
  const { submits, health, counts, clock, inFlightMax } = sending;
  if (flying.size >= inFlightMax) {
    health.dropped();
    return;
  }
  health.sent(clock.now() - dueAt);
  counts.sent();
  const submit = submits.get(load);
  if (!submit) throw new Error(`nobody submits for the load ${load.name}`);
  flying.start(submit(dueAt));
}
