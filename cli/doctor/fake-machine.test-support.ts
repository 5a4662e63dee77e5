import { basename } from "node:path";

import type { Machine } from "./machine.ts";

/** What a fake machine begins with. */
export interface FakeMachineOptions {
  readonly installed: readonly string[];
  /** Programs that are there but do not run, until they are installed again. */
  readonly broken?: readonly string[];
  readonly isRoot?: boolean;
  readonly hasSystemd?: boolean;
  /** Services that systemd knows already. */
  readonly services?: readonly string[];
  /** Commands that hold this word fail, with this output. */
  readonly failing?: Readonly<Record<string, string>>;
}

/** A machine on which a command that installs something succeeds, and which remembers what was run. */
export function fakeMachine(options: FakeMachineOptions): Machine & { readonly commands: readonly string[] } {
  const { isRoot = false, services = [], hasSystemd = services.length > 0, failing = {} } = options;
  const installed = new Set(options.installed);
  const broken = new Set(options.broken);
  const units = new Set(services);
  const commands: string[] = [];

  const install = (name: string): void => {
    installed.add(name);
    broken.delete(name);
    units.add(name);
  };
  return {
    commands,
    isRoot,
    hasSystemd,
    ownBinaryFolder: "/project/.seatrial/bin",
    find: (name) => (installed.has(name) ? `/fake/${name}` : undefined),
    versionOf: async (path) => (broken.has(path.replace("/fake/", "")) ? undefined : "1.2.3"),
    async run(command) {
      const text = command.join(" ");
      commands.push(text);
      const failure = Object.entries(failing).find(([word]) => command.includes(word));
      if (failure) return { ok: false, output: `something\n${failure[1]}\n` };
      if (text.startsWith("systemctl cat")) return { ok: units.has(command.at(-1) ?? ""), output: "" };
      if (command.includes("install")) install(programOf(command.at(-1) ?? ""));
      if (command[0] === "mv") install(basename(command.at(-1) ?? ""));
      return { ok: true, output: "" };
    },
  };
}

function programOf(installable: string): string {
  if (installable.includes("nats-server")) return "nats-server";
  return installable === "redis" ? "redis-server" : installable;
}
