import { messageOf } from "../../core/mod.ts";
import type { JobResult } from "../domain/packets.ts";
import type { RunningAttempt } from "./running-attempts.ts";
import { Retryable, type Attempt, type Work } from "./work.ts";

/** How an attempt ended, as its result tells it. */
export type Outcome = Pick<JobResult, "status" | "result" | "error_code" | "error_message">;

/** The packet's documented limit. */
const longestResultBytes = 512 * 1024;
const longestMessage = 1_000;

const shutDown: Outcome = { status: "FAILED_RETRYABLE", error_code: "worker_shutdown" };
const cancelled: Outcome = { status: "CANCELLED", error_code: "cancelled" };

/**
 * Does the work of one attempt. Never rejects.
 *
 * A cancelled attempt keeps its slot until the work heeds the signal. At the end of the shutdown budget nobody waits
 * for the work any more: the process is about to go, and the epoch fences off what it may still do.
 */
export async function perform(work: Work, attempt: Omit<Attempt, "signal">, running: RunningAttempt): Promise<Outcome> {
  if (running.ending) return endedBy(running) ?? shutDown;
  const outcome = await Promise.race([shutdownOf(running), settle(work, { ...attempt, signal: running.signal })]);
  return endedBy(running) ?? outcome;
}

/** The outcome of an attempt that was told to stop. */
function endedBy({ ending }: RunningAttempt): Outcome | undefined {
  return ending && { cancelled, shutdown: shutDown }[ending];
}

function shutdownOf(running: RunningAttempt): Promise<Outcome> {
  return new Promise((resolve) => {
    running.signal.addEventListener("abort", () => {
      if (running.ending === "shutdown") resolve(shutDown);
    });
  });
}

async function settle(work: Work, attempt: Attempt): Promise<Outcome> {
  try {
    return succeeded(await work(attempt));
  } catch (thrown) {
    return failed(thrown);
  }
}

function succeeded(value: unknown): Outcome {
  // Throws on what JSON has no words for, such as a cycle; it has none for `undefined` either, and says so silently.
  const result = JSON.stringify(value) as string | undefined;
  if (result === undefined) return { status: "SUCCEEDED" };
  if (Buffer.byteLength(result) <= longestResultBytes) return { status: "SUCCEEDED", result };
  return {
    status: "FAILED",
    error_code: "result_too_large",
    error_message: `The result has more than ${longestResultBytes} bytes: store it elsewhere and return a reference`,
  };
}

function failed(thrown: unknown): Outcome {
  const error_message = messageOf(thrown).slice(0, longestMessage);
  if (thrown instanceof Retryable) return { status: "FAILED_RETRYABLE", error_code: "retryable", error_message };
  return { status: "FAILED", error_code: codeOf(thrown), error_message };
}

function codeOf(thrown: unknown): string {
  const code: unknown = thrown instanceof Error && "code" in thrown ? thrown.code : undefined;
  return typeof code === "string" && /^\w{1,64}$/.test(code) ? code : "work_failed";
}
