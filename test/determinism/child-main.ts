import { messageOf } from "../../core/mod.ts";
import type { ChildAnswer, ChildTask } from "./child-runner.ts";
import { hereRunner } from "./runner.ts";

/** Runs what it is sent, one recipe after the other, until its parent is gone. */
process.on("message", ({ recipe, traced }: ChildTask) => {
  const answer = (what: ChildAnswer): void => void process.send?.(what);
  hereRunner.run(recipe, { traced }).then(
    (run) => answer({ run }),
    (thrown: unknown) => answer({ broke: messageOf(thrown) }),
  );
});
process.on("disconnect", () => process.exit());
