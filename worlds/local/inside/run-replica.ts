import { randomUUID } from "node:crypto";

import { messageOf, openHistoryWriter, SeatrialError, systemClock } from "../../../core/mod.ts";
import type { Clock, Role, Witness } from "../../../core/mod.ts";
import { readConfig, type Config } from "../../../reference/config/config.ts";
import type { Intercept } from "../../../reference/intercept.ts";
import type { Running } from "../../../reference/running.ts";
import type { SafeguardName } from "../../../reference/safeguards.ts";
import type { Work } from "../../../reference/worker/work.ts";
import { interceptWith } from "../../inside/intercept.ts";
import { trapBoard, type TrapBoard } from "../../inside/trap-board.ts";
import { harnessWork } from "../../inside/work.ts";
import { connectEffectSink } from "../effects/effect-sink-client.ts";
import { harnessVariables, type ReplicaReport, type ReplicaRequest } from "../replica-messages.ts";
import { watchStalls } from "./stall-watch.ts";

/** Starts one replica of a plane inside this process. */
export type StartReplica = (options: {
  readonly role: Role;
  readonly config: Config;
  readonly without: ReadonlySet<SafeguardName>;
  readonly witness: Witness;
  readonly clock: Clock;
  readonly work?: Work;
  readonly intercept?: Intercept;
}) => Promise<Running>;

/**
 * The life of a replica's process: starts the replica that the command line and the environment describe, tells the
 * harness when it is ready, obeys its traps, and stops gracefully on SIGTERM or SIGINT. Without a harness it ends.
 */
export async function runReplica(start: StartReplica): Promise<void> {
  process.once("disconnect", () => process.exit());
  const toldToStop = firstSignal();
  try {
    const running = await startHere(start);
    report({ kind: "ready", url: running.url });
    await toldToStop;
    await running.stop();
  } catch (thrown) {
    process.stderr.write(`${describe(thrown)}\n`);
    process.exitCode = 1;
  }
  // In a container there never was a channel to the harness; what follows its end is due all the same.
  if (process.connected) process.disconnect();
  else process.emit("disconnect");
}

/** Resolves at the first SIGTERM or SIGINT; further ones must not cut a graceful stop short. */
function firstSignal(): Promise<void> {
  return new Promise((resolve) => {
    for (const name of ["SIGTERM", "SIGINT"] as const) process.on(name, () => resolve());
  });
}

async function startHere(start: StartReplica): Promise<Running> {
  const variables = process.env;
  const config = readConfig(variables);
  const clock = systemClock(BigInt(required(harnessVariables.originNs)));
  const witness = openHistoryWriter(required(harnessVariables.witnessFile), config.instance, clock);
  watchStalls(clock, witness);
  const role = process.argv[2] as Role;
  const without = new Set(variables[harnessVariables.without]?.split(",").filter(Boolean) as SafeguardName[]);
  const board = trapBoard({ clock, announce, signal: (name) => void process.kill(process.pid, name) });
  process.on("message", (request: ReplicaRequest) => report(answer(request, board)));
  const tools = { witness, clock, without, config, role, intercept: interceptWith(board) };
  return start(role === "worker" ? { ...tools, work: workOf(config.instance, clock, witness) } : tools);
}

function workOf(worker: string, clock: Clock, witness: Witness): Work {
  const sink = connectEffectSink(required(harnessVariables.sink), clock);
  return harnessWork({ worker, clock, witness, sink, newId: () => randomUUID() });
}

function answer(asked: ReplicaRequest, board: TrapBoard): ReplicaReport {
  const { request, id } = asked;
  if (asked.kind === "set-trap") {
    const refusal = board.set(id, asked.trap);
    return refusal === undefined ? { kind: "answer", request } : { kind: "answer", request, refusal };
  }
  board.remove(id);
  return { kind: "answer", request };
}

/** The channel takes the line before `send` returns, so the harness hears of a trap that kills the next moment. */
function announce(id: number, action: "kill" | "stop" | "pause" | "delay"): void {
  report({ kind: "sprung", id, action });
}

function report(message: ReplicaReport): void {
  if (process.connected) process.send?.(message);
}

function required(name: string): string {
  const value = process.env[name];
  if (value === undefined) throw new Error(`${name} is not set: a replica of a world is started by the harness alone`);
  return value;
}

function describe(thrown: unknown): string {
  if (thrown instanceof SeatrialError) return thrown.hint ? `${thrown.message}\n  ${thrown.hint}` : thrown.message;
  return thrown instanceof Error ? (thrown.stack ?? thrown.message) : messageOf(thrown);
}
