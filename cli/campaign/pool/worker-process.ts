import { fork, type ChildProcess } from "node:child_process";

import { messageOf } from "../../../core/mod.ts";
import type { Recipe } from "../../recipe/recipe.ts";
import type { WorkerAnswer } from "./worker-messages.ts";

/** A process that simulates one recipe at a time. */
export interface WorkerProcess {
  /** Seeds that it has run. */
  readonly seeds: number;
  /** @throws Error with what its process said at last, when that ends before the answer, or takes too long. */
  run(recipe: Recipe): Promise<WorkerAnswer>;
  /** Ends it at once. */
  end(): void;
}

/** Of what a process writes before it dies, this much is kept. */
const lastWordsMax = 2_000;

/**
 * Starts a worker process.
 *
 * @param withinMs - longer than this for one recipe, and the process is ended
 */
export function startWorker(entry: string, withinMs: number): WorkerProcess {
  const child = fork(entry, [], { stdio: ["ignore", "ignore", "pipe", "ipc"], serialization: "advanced" });
  const lastWords = keepLastWords(child);
  let seeds = 0;
  return {
    get seeds() {
      return seeds;
    },
    async run(recipe) {
      seeds += 1;
      const late = setTimeout(() => child.kill("SIGKILL"), withinMs);
      try {
        return await ask(child, recipe, () => lastWords.join(""));
      } finally {
        clearTimeout(late);
      }
    },
    end: () => void child.kill("SIGKILL"),
  };
}

function ask(child: ChildProcess, recipe: Recipe, lastWords: () => string): Promise<WorkerAnswer> {
  const { promise, resolve, reject } = Promise.withResolvers<WorkerAnswer>();
  const onExit = (code: number | null, signal: string | null): void => {
    const how = signal ?? `exit code ${code}`;
    reject(new Error(`its process ended (${how})${lastWords() === "" ? "" : `: ${lastWords().trim()}`}`));
  };
  const onMessage = (answer: WorkerAnswer): void => resolve(answer);
  child.once("exit", onExit);
  child.once("message", onMessage);
  // A channel that is closed already: the exit is told too, or has been.
  child.send(recipe, (failure) => failure && reject(new Error(`its process is gone: ${messageOf(failure)}`)));
  return promise.finally(() => child.off("exit", onExit).off("message", onMessage));
}

function keepLastWords(child: ChildProcess): string[] {
  const words: string[] = [];
  child.stderr?.setEncoding("utf8").on("data", (chunk: string) => {
    words.push(chunk);
    words.splice(0, words.length, words.join("").slice(-lastWordsMax));
  });
  return words;
}
