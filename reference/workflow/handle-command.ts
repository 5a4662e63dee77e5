import type { RunCommand } from "../domain/packets.ts";
import { workflowCommandSubject } from "../domain/subjects.ts";
import type { RunEvent } from "../domain/workflow/mod.ts";
import type { Delivery, Disposition, Environment } from "../ports/mod.ts";
import type { Intake } from "../replica/consume-packets.ts";
import type { EngineContext } from "./engine-context.ts";
import { runBusyMs } from "./with-run-lock.ts";

/** What clients want of their runs. */
export const runCommands: Intake<EngineContext, "run-command"> = {
  subject: workflowCommandSubject,
  kind: "run-command",
  accepts: (command) => eventOf(command) !== undefined,
  handle: handleCommand,
};

async function handleCommand(
  { env, config, apply }: EngineContext,
  command: RunCommand,
  delivery: Delivery,
): Promise<Disposition> {
  const event = eventOf(command);
  if (!event) throw new Error(`${command.command} was accepted, and means nothing`);
  const changed = await apply(command.run_id, [event]);
  if (changed.kind === "contended") return { later: runBusyMs(delivery.deliveries, config.runLockTtlMs) };
  return changed.kind === "missing" ? recordMissing(env, command) : "done";
}

/** Nothing for a command that nobody can read. */
function eventOf({ command, step, requested_by: by }: RunCommand): RunEvent | undefined {
  switch (command) {
    case "start":
      return { kind: "wake" };
    case "cancel":
      return { kind: "cancel", by };
    case "approve":
    case "reject":
      return step === undefined ? undefined : { kind: "decide", step, approved: command === "approve", by };
    default:
      return undefined;
  }
}

/** A run is stored before anything is asked of it: this one was lost by the store, or outlived by the message. */
async function recordMissing({ deadLetters, metrics, clock }: Environment, command: RunCommand): Promise<Disposition> {
  const cause = "run_missing";
  await deadLetters.record({
    ...{ id: command.run_id, topic: workflowCommandSubject, cause, lastState: "NONE", attempts: 0 },
    createdUnixMs: clock.unixMs(),
  });
  metrics.count("deadLetters", { cause });
  return "done";
}
