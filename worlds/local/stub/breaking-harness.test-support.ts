import { once } from "node:events";

import { SeatrialError } from "../../../core/mod.ts";
import { bootLocalWorld } from "../local-world.ts";
import { stubOptions } from "./stub-world.test-support.ts";

/**
 * A harness that boots a world with links in the folder of its argument, pauses a worker, and cuts the clients off
 * from the gateway. It says where the gateway is; told anything, it closes the world, and says how that went.
 */
const world = await bootLocalWorld(stubOptions(process.argv[2] ?? "", { links: true }));
await world.pause("worker-1");
await world.disturb({ from: "clients", to: "gateway-1" }, { kind: "cut" });
process.stdout.write(`${world.gateways()[0]?.url}\n`);
await once(process.stdin, "data");
await world.close().then(
  () => process.stdout.write("closed\n"),
  (thrown: unknown) => process.stdout.write(`${thrown instanceof SeatrialError ? thrown.code : String(thrown)}\n`),
);
process.stdin.destroy();
