import type { Clock, HttpClient, HttpResult, OpenHttp, Witness } from "../core/mod.ts";
import { httpClient } from "./http-client.ts";
import { requestOutcome } from "./outcome.ts";
import { runPath } from "./run-answer.ts";

/** For whom approvals are given, where, and who writes it down. */
export interface ApproverOptions {
  readonly gateways: readonly { readonly id: string; readonly url: string }[];
  /** Whose runs: each client sees only its own. */
  readonly clients: readonly string[];
  /** The API key of a client. */
  readonly apiKey: (client: string) => string;
  readonly clock: Clock;
  readonly witness: Witness;
  readonly signal: AbortSignal;
  /** How servers are reached. @defaultValue over real sockets */
  readonly openHttp?: OpenHttp | undefined;
  /** Unique numbers for operations. */
  readonly nextId: () => number;
  /** Between two looks. @defaultValue 250 */
  readonly everyMs?: number;
  /** What waits for so long after its decision is decided again, which does no harm. @defaultValue 2,000 */
  readonly againAfterMs?: number;
}

/** Somebody who approves whatever waits. */
export interface Approver extends AsyncDisposable {
  /** Ends it, with what is under way. Ending twice is ending once. */
  stop(): Promise<void>;
}

/** What the operations of the approver are filed under. */
const loadName = "approver";
const timeoutMs = 5_000;

/** An approval that waits, as `GET /approvals` lists it. */
interface Waiting {
  readonly run: string;
  readonly step: string;
}

/** Looks for waiting approvals, through one gateway after the other, and approves each. */
export function startApprover(options: ApproverOptions): Approver {
  const { gateways, clients, clock, everyMs = 250, openHttp = httpClient } = options;
  const over = new AbortController();
  const signal = AbortSignal.any([options.signal, over.signal]);
  const desks = gateways.map(({ id, url }) => ({ id, client: openHttp(url, { clock, connectionsMax: 4, signal }) }));
  const rounds = async (): Promise<void> => {
    const decidedAt = new Map<string, number>();
    for (let round = 0; !signal.aborted && clients.length > 0; round++) {
      const desk = desks[round % desks.length];
      for (const client of clients) if (desk) await approveAll(desk, client, decidedAt, options);
      await clock.sleep(everyMs, signal);
    }
  };
  const working = rounds();
  let stopped: Promise<void> | undefined;
  const end = async (): Promise<void> => {
    over.abort();
    await working;
    await Promise.all(desks.map(({ client }) => client.close()));
  };
  const stop = (): Promise<void> => (stopped ??= end());
  return { stop, [Symbol.asyncDispose]: stop };
}

interface Desk {
  readonly id: string;
  readonly client: HttpClient;
}

async function approveAll(
  desk: Desk,
  client: string,
  decidedAt: Map<string, number>,
  options: ApproverOptions,
): Promise<void> {
  const { apiKey, clock, signal, againAfterMs = 2_000 } = options;
  const headers = { "x-api-key": apiKey(client) };
  const path = "/api/v1/approvals?limit=200";
  const waiting = approvalsIn(await desk.client.request({ method: "GET", path, headers, timeoutMs }));
  for (const { run, step } of waiting) {
    const name = `${run}:${step}`;
    const now = clock.now();
    if (signal.aborted || now - (decidedAt.get(name) ?? -Infinity) < againAfterMs) continue;
    decidedAt.set(name, now);
    await approve(desk, client, { run, step }, options);
  }
}

async function approve(desk: Desk, client: string, { run, step }: Waiting, options: ApproverOptions): Promise<void> {
  const { clock, witness, nextId } = options;
  const headers = { "content-type": "application/json", "x-api-key": options.apiKey(client) };
  const path = `${runPath(run)}/steps/${encodeURIComponent(step)}/approve`;
  const sentAt = clock.now();
  const result = await desk.client.request({ method: "POST", path, headers, body: "{}", timeoutMs });
  const operation = { id: nextId(), load: loadName, via: desk.id, client, intendedAt: sentAt, sentAt };
  witness.record({ kind: "op", op: "decide", run, step, ...operation, ...requestOutcome(result) });
}

/** A gateway that is away lists nothing; another is asked next. */
function approvalsIn(result: HttpResult): Waiting[] {
  if (!result.answered || result.status !== 200) return [];
  const { items } = { ...(result.body as { items?: { run_id: string; step: string }[] } | null) };
  return (items ?? []).map(({ run_id: run, step }) => ({ run, step }));
}
