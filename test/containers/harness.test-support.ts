import { bootComposeWorld } from "../../worlds/compose/mod.ts";
import { worldOptions } from "./world-options.test-support.ts";

/** A harness that boots a world in the folder of its argument, pauses a replica, says so, and waits to be killed. */
const world = await bootComposeWorld(worldOptions(process.argv[2] ?? ""));
await world.pause("worker-1");
process.stdout.write("ready\n");
