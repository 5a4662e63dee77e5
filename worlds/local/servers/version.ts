import { execFile } from "node:child_process";

/** What a program's `--version` says: `7.0.15`. Nothing when it does not run, or says no version within 5 s. */
export function versionOf(path: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    execFile(path, ["--version"], { timeout: 5_000, killSignal: "SIGKILL" }, (error, stdout, stderr) => {
      resolve(error ? undefined : /\d+\.\d+(\.\d+)?/.exec(`${stdout}${stderr}`)?.[0]);
    });
  });
}
