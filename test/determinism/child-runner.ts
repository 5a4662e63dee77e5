import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

import type { Recipe } from "../../cli/recipe/recipe.ts";
import type { HashedRun, Runner } from "./runner.ts";

/** What a child is sent. */
export interface ChildTask {
  readonly recipe: Recipe;
  readonly traced: boolean;
}

/** What a child sends back. */
export type ChildAnswer = { readonly run: HashedRun } | { readonly broke: string };

/** Starts a process of its own that runs recipes one at a time. */
export function startChild(name: string): Runner & Disposable {
  const child = fork(fileURLToPath(new URL("child-main.ts", import.meta.url)), { serialization: "advanced" });
  const gone = once(child, "exit").then(([code]): never => {
    throw new Error(`${name} ended with exit code ${code}`);
  });
  // Whoever waits for an answer hears of it.
  gone.catch(() => undefined);
  return {
    name,
    async run(recipe, { traced = false } = {}) {
      const answered = once(child, "message") as Promise<[ChildAnswer]>;
      child.send({ recipe, traced } satisfies ChildTask);
      const [answer] = await Promise.race([answered, gone]);
      if ("broke" in answer) throw new Error(`${recipe.scenario}, seed ${recipe.seed}: ${answer.broke}`);
      return answer.run;
    },
    [Symbol.dispose]: () => void child.kill("SIGKILL"),
  };
}
