import { runLoads } from "../run-loads.ts";
import { overBus } from "./constant-rates.ts";
import type { LoadEngine } from "./engine.ts";

/** Seatrial's own engine, an open loop. It can send every load that there is, but for those that go over the bus. */
export const openEngine: LoadEngine = {
  name: "open",
  assertCanSend(loads) {
    const overTheBus = loads.find(({ via }) => via === "bus");
    if (overTheBus) throw overBus("open", overTheBus.name);
  },
  run: runLoads,
};
