import type { Witness } from "../../../core/mod.ts";
import { startReplica } from "../../../reference/plane.ts";
import { runReplica } from "../../../worlds/local/inside/run-replica.ts";

/**
 * A replica as a benchmark wants it: every safeguard, no trap, work that does nothing, and of all that a witness
 * could write only what is measured: when work begins, and when a job has SUCCEEDED.
 */
await runReplica(({ witness, role, config, without, clock }) =>
  startReplica({
    ...{ role, config, without, clock },
    witness: onlyEnds(witness),
    work({ job, epoch }) {
      witness.record({ kind: "execution", phase: "begin", job, epoch, execution: job });
      return Promise.resolve(null);
    },
  }),
);

function onlyEnds(witness: Witness): Witness {
  return {
    record(observation) {
      if (observation.kind === "write" && observation.to === "SUCCEEDED" && observation.accepted)
        witness.record(observation);
    },
  };
}
