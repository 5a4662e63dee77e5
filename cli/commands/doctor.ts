import { exitCodes } from "../../core/mod.ts";
import { examineServers, obtainServers } from "../doctor/mod.ts";
import { openProgress } from "../progress.ts";
import type { AddCommand } from "../command.ts";

/** `seatrial doctor [--fix]` */
export const addDoctor: AddCommand = (program, console, run) => {
  program
    .command("doctor")
    .description("Show which servers are installed, which are missing, and how they would be obtained.")
    .option("--fix", "obtain what is missing: from PATH, else apt-get, brew, or go install into .seatrial/bin")
    .action((options: { fix?: boolean }) =>
      run(
        (async () => {
          const progress = openProgress(console.stderr);
          if (options.fix) await obtainServers({ progress: (line) => progress.step(line) });
          const tools = await examineServers();
          console.out(`node ${process.version} at ${process.execPath}`);
          for (const tool of tools) console.out(describe(tool));
          return tools.every((tool) => tool.path !== undefined) ? exitCodes.passed : exitCodes.inconclusive;
        })(),
      ),
    );
};

function describe(tool: { name: string; path?: string | undefined; version?: string | undefined }): string {
  if (tool.path === undefined) return `${tool.name} is missing: run \`npm run seatrial -- doctor --fix\``;
  return `${tool.name} ${tool.version ?? "(version unknown)"} at ${tool.path}`;
}
