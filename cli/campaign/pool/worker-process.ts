import { fork, type ChildProcess } from "node:child_process";

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
  const ready = nextMessage(child, () => lastWords.join(""));
  // Whoever runs the first recipe hears of it.
  ready.catch(() => undefined);
  let seeds = 0;
  return {
    get seeds() {
      return seeds;
    },
    async run(recipe) {
      seeds += 1;
      await ready;
      const late = setTimeout(() => child.kill("SIGKILL"), withinMs);
      try {
        const answer = nextMessage<WorkerAnswer>(child, () => lastWords.join(""));
        // A channel that is closed already: the exit is told too, or has been.
        child.send(recipe, () => undefined);
        return await answer;
      } finally {
        clearTimeout(late);
      }
    },
    end: () => void child.kill("SIGKILL"),
  };
}

/** Rejects when the process ends before it says anything. */
function nextMessage<Message>(child: ChildProcess, lastWords: () => string): Promise<Message> {
  const { promise, resolve, reject } = Promise.withResolvers<Message>();
  const onExit = (): void => {
    const how = child.signalCode ?? `exit code ${child.exitCode}`;
    const words = lastWords().trim();
    reject(new Error(`its process ended (${how})${words === "" ? "" : `: ${words}`}`));
  };
  if (child.exitCode !== null || child.signalCode !== null) onExit();
  child.once("close", onExit);
  child.once("message", resolve);
  return promise.finally(() => child.off("close", onExit).off("message", resolve));
}

function keepLastWords(child: ChildProcess): string[] {
  const words: string[] = [];
  child.stderr?.setEncoding("utf8").on("data", (chunk: string) => {
    words.push(chunk);
    words.splice(0, words.length, words.join("").slice(-lastWordsMax));
  });
  return words;
}
