import { Kernel, makeNetwork } from "../../sim/mod.ts";
import { quietConditions } from "../../worlds/sim/conditions.ts";
import { simDrivers } from "../../worlds/sim/drivers/drivers.ts";
import { RingLog } from "../../worlds/sim/drivers/ring-log.ts";
import { RealmNetwork } from "../../worlds/sim/replica/realm-network.ts";
import { makeServers } from "../../worlds/sim/servers/make-servers.ts";
import { trustedLibraries } from "../../worlds/sim/trusted-libraries.ts";
import { playOn, type Arm } from "./stage.test-support.ts";

const urls = { REDIS_URL: "redis://redis:6379", NATS_URL: "nats://nats:4222" };

/** Simulated servers, the simulator's drivers, virtual time. */
export const simulatedArm: Arm = {
  name: "simulated",
  async play(story) {
    const kernel = new Kernel({ seed: "contract", trusted: trustedLibraries });
    const network = makeNetwork(kernel, quietConditions);
    makeServers(kernel, network, () => {});
    const machineOf = (name: string) => {
      const realm = kernel.realm(name);
      const drivers = simDrivers(new RealmNetwork(kernel, network, { name, realm }), new RingLog());
      return { drivers, clock: realm.clock };
    };
    await kernel.run(() => playOn({ urls, clock: kernel.clock, machineOf }, story));
  },
};
