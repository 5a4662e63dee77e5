import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

import { expect, vi } from "vitest";

/** A replica in a process of its own, which says what it starts as `body#deliveries`. */
export interface ConsumingProcess extends AsyncDisposable {
  said(): string;
  /** Resolves when it stands still. */
  pause(): Promise<void>;
  resume(): void;
}

/** Starts a process that consumes a subject of the jobs stream. */
export function consumingProcess(url: string, subject: string): ConsumingProcess {
  const script = fileURLToPath(new URL("./consuming-process-main.test-support.ts", import.meta.url));
  const child = spawn(process.execPath, [script, url, subject], { stdio: ["ignore", "pipe", "inherit"] });
  let said = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (said += text));
  return {
    said: () => said,
    async pause() {
      child.kill("SIGSTOP");
      await vi.waitFor(() => expect(stateOf(child.pid)).toMatch(/^T/));
    },
    resume: () => void child.kill("SIGCONT"),
    async [Symbol.asyncDispose]() {
      const exited = once(child, "exit");
      child.kill("SIGKILL");
      await exited;
    },
  };
}

/** `T` is stopped. Where there is no /proc, the signal is believed. */
function stateOf(pid: number | undefined): string {
  if (!existsSync("/proc/self/status")) return "T";
  return /^State:\s+(.*)$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1] ?? "";
}
