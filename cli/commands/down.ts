import { setTimeout as delay } from "node:timers/promises";

import { EnvironmentError, exitCodes } from "../../core/mod.ts";
import type { AddCommand } from "../command.ts";
import { forgetPlane, isAlive, readPlane } from "../up/state.ts";

const downWithinMs = 40_000;

/** `seatrial down`: stops the plane that `up` started. */
export const addDown: AddCommand = (program, console, run) => {
  program
    .command("down")
    .description("Stop the plane that `up` started.")
    .action(() =>
      run(
        (async () => {
          const plane = readPlane();
          if (!plane) {
            console.out("no plane is up");
            return exitCodes.passed;
          }
          process.kill(plane.pid, "SIGTERM");
          await gone(plane.pid);
          forgetPlane();
          console.out("the plane is down");
          return exitCodes.passed;
        })(),
      ),
    );
};

async function gone(pid: number): Promise<void> {
  const deadline = performance.now() + downWithinMs;
  while (isAlive(pid)) {
    if (performance.now() > deadline) {
      throw new EnvironmentError("plane_not_stopped", `Process ${pid} is still there`, `end it with: kill -9 ${pid}`);
    }
    await delay(50);
  }
}
