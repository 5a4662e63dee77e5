import { startReplica } from "../../reference/plane.ts";
import { runReplica } from "./inside/run-replica.ts";

/** One replica of the reference plane, as a process of a local world: `replica-main.ts scheduler`. */
await runReplica(startReplica);
