import { bootLocalWorld } from "../local-world.ts";
import { stubOptions } from "./stub-world.test-support.ts";

/**
 * A harness that boots a world in the folder of its argument, on embedded servers if its second argument says so,
 * pauses a replica, says so, and waits to be killed.
 */
const servers = process.argv[3] === "embedded" ? "embedded" : "real";
const world = await bootLocalWorld(stubOptions(process.argv[2] ?? "", { servers }));
await world.pause("worker-1");
process.stdout.write("ready\n");
