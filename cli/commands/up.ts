import { fork, type ChildProcess } from "node:child_process";
import { mkdirSync, openSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";

import { EnvironmentError, exitCodes, UsageError, type ServersKind } from "../../core/mod.ts";
import { openProgress } from "../progress.ts";
import type { AddCommand } from "../command.ts";
import { makeRunFolder } from "../run/run-folder.ts";
import { readTuning } from "../run/tuning.ts";
import { chooseServers, serversHelp } from "../servers/choose-servers.ts";
import type { KeeperOrder, KeeperReport } from "../up/keeper.ts";
import { keeperLog, readPlane } from "../up/state.ts";
import { describePlane } from "./status.ts";

interface UpOptions {
  gateways: string;
  schedulers: string;
  workflows: string;
  workers: string;
  tuning: string;
  set: string[];
  servers: string;
}

/** `seatrial up`: the reference plane in the background, for your own clients. */
export const addUp: AddCommand = (program, console, run) => {
  program
    .command("up")
    .description("Start the reference plane in the background, for your own clients.")
    .option("--gateways <n>", "replicas", "2")
    .option("--schedulers <n>", "replicas", "2")
    .option("--workflows <n>", "replicas of the workflow engine", "1")
    .option("--workers <n>", "replicas", "2")
    .option("--tuning <name>", "default (the documented values), fast, or a JSON file", "default")
    .option("--set <key=value>", "one setting; may be repeated", collect, [])
    .option("--servers <kind>", serversHelp, "real")
    .action((options: UpOptions) =>
      run(
        (async () => {
          if (readPlane())
            throw new UsageError("A plane is up already", "`seatrial status` shows it, `seatrial down` stops it");
          const progress = openProgress(console.stderr);
          const servers = await chooseServers(options.servers, "local", { progress });
          progress.live("starting the plane");
          await startKeeper(orderOf(options, servers), console.signal);
          progress.done();
          console.out(describePlane(readPlane()));
          return exitCodes.passed;
        })(),
      ),
    );
};

function collect(value: string, previous: string[]): string[] {
  return [...previous, value];
}

function orderOf(options: UpOptions, servers: ServersKind): KeeperOrder {
  return {
    cluster: {
      gateways: replicas(options.gateways),
      schedulers: replicas(options.schedulers),
      workflows: replicas(options.workflows),
      workers: replicas(options.workers),
    },
    variables: readTuning(options.tuning, options.set),
    servers,
    folder: makeRunFolder(".seatrial/planes", "plane", new Date()),
  };
}

function replicas(text: string): number {
  const count = Number(text);
  if (!Number.isInteger(count) || count < 1 || count > 16)
    throw new UsageError(`Not a number of replicas: "${text}"`, "1 to 16");
  return count;
}

async function startKeeper(order: KeeperOrder, signal: AbortSignal): Promise<void> {
  mkdirSync(dirname(keeperLog()), { recursive: true });
  const log = openSync(keeperLog(), "w", 0o600);
  const script = fileURLToPath(new URL("../up/keeper.ts", import.meta.url));
  const keeper = fork(script, [JSON.stringify(order)], { detached: true, stdio: ["ignore", log, log, "ipc"] });
  signal.addEventListener("abort", () => keeper.kill("SIGTERM"), { once: true });
  const report = await firstReport(keeper);
  keeper.disconnect();
  keeper.unref();
  if (!report.ready) throw new EnvironmentError("plane_not_started", report.error, `see ${keeperLog()}`);
}

function firstReport(keeper: ChildProcess): Promise<KeeperReport> {
  return new Promise((resolve) => {
    keeper.once("message", (message) => resolve(message as KeeperReport));
    keeper.once("exit", (code) =>
      resolve({ ready: false, error: `the keeper exited with ${code} before the plane was ready` }),
    );
  });
}
