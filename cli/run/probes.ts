import { messageOf, type TrialWorld } from "../../core/mod.ts";
import { readHealth, readWorkers } from "../../loadgen/mod.ts";
import { harnessClient } from "./api-keys.ts";
import type { TrialParts } from "./trial-parts.ts";

/** Looks at the plane from outside, again and again, for as long as a trial lasts. */
export interface Probes extends AsyncDisposable {
  /** Ends them with one more look, before the plane is taken down. */
  finish(): Promise<void>;
}

const everyMs = 250;

/** What probes need of a trial. */
type ProbeParts = Pick<TrialParts, "clock" | "witness" | "keys" | "probeEveryMs">;

/** Reads the workers that each gateway lists and the health of each replica that should be up, four times a second. */
export function startProbes(trial: ProbeParts, world: TrialWorld): Probes {
  const stopped = new AbortController();
  const loop = (async () => {
    while (!stopped.signal.aborted) {
      await look(trial, world);
      await trial.clock.sleep(trial.probeEveryMs ?? everyMs, stopped.signal);
    }
  })();
  const stop = async (): Promise<void> => {
    stopped.abort();
    await loop;
  };
  return {
    async finish() {
      await stop();
      await look(trial, world);
    },
    [Symbol.asyncDispose]: stop,
  };
}

async function look({ clock, witness, keys }: ProbeParts, world: TrialWorld): Promise<void> {
  const { openHttp } = world;
  const ready = world.replicas().filter((replica) => replica.state === "ready");
  const gateways = ready.filter((replica) => replica.role === "gateway");
  try {
    await Promise.all([
      readWorkers(gateways, { apiKey: keys.keyOf(harnessClient), clock, witness, openHttp }),
      readHealth(ready, { clock, witness, openHttp }),
    ]);
  } catch (thrown) {
    throw new Error(`a probe threw, though its failures are observations: ${messageOf(thrown)}`, { cause: thrown });
  }
}
