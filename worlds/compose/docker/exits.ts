import { spawn, type ChildProcess } from "node:child_process";

import { linesOf } from "../../local/lines.ts";

/** Hears of the end of every container of a project. */
export interface Exits {
  /** Calls back each time that the container of this name exits, with its exit code. */
  on(container: string, hear: (code: number) => void): void;
  close(): void;
}

interface DieEvent {
  readonly Actor: { readonly Attributes: { readonly name: string; readonly exitCode: string } };
}

/** @param label - `key=value`, which all containers in question carry */
export function watchExits(label: string): Exits {
  const listeners = new Map<string, (code: number) => void>();
  const events = spawn("docker", ["events", ...since(), ...filters(label), "--format", "{{json .}}"], {
    stdio: ["ignore", "pipe", "ignore"],
    // Out of reach of the terminal's Ctrl-C: the exits of the teardown are to be heard too.
    detached: true,
  });
  // Whoever waits for an exit does so within a bound, and says then that it was not seen.
  events.on("error", () => undefined);
  void read(events, listeners);
  return {
    on: (container, hear) => void listeners.set(container, hear),
    close: () => void events.kill("SIGKILL"),
  };
}

/** From now on, though the connection takes a moment. */
function since(): string[] {
  return ["--since", `${Math.floor(Date.now() / 1_000)}`];
}

function filters(label: string): string[] {
  return [`label=${label}`, "type=container", "event=die"].flatMap((filter) => ["--filter", filter]);
}

async function read({ stdout }: ChildProcess, listeners: ReadonlyMap<string, (code: number) => void>): Promise<void> {
  if (!stdout) return;
  for await (const line of linesOf(stdout)) {
    const { name, exitCode } = (JSON.parse(line) as DieEvent).Actor.Attributes;
    listeners.get(name)?.(Number(exitCode));
  }
}
