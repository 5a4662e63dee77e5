import { ErrorReply, type Reply } from "../reply.ts";
import { compileScript, type ScriptHost } from "./mod.ts";

/** What {@link scriptsPerSecond} needs to know of a script. */
export interface BenchedScript {
  readonly text: string;
  readonly keys: readonly string[];
  readonly args: readonly string[];
  /** What the host answers, by the name of the command. */
  readonly replies: Readonly<Record<string, Reply>>;
}

/**
 * How many runs of a script there are per second of one core, against a host that does nothing.
 *
 * @param nowMs - a monotonic clock
 */
export function scriptsPerSecond(script: BenchedScript, runs: number, nowMs: () => number): number {
  const compiled = compileScript(script.text);
  if (compiled instanceof ErrorReply) throw new Error(compiled.text);
  const host: ScriptHost = { call: ([name = ""]) => script.replies[name] ?? null };
  for (let warm = 0; warm < runs / 10; warm++) compiled.run(host, script.keys, script.args);
  const start = nowMs();
  for (let run = 0; run < runs; run++) compiled.run(host, script.keys, script.args);
  return runs / ((nowMs() - start) / 1000);
}
