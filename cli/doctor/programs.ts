import { containerPrograms } from "./containers.ts";
import { k6 } from "./k6.ts";
import type { Program, Purpose } from "./program.ts";
import { apt } from "./ways/apt.ts";
import { goInstall } from "./ways/go-install.ts";
import { homebrew } from "./ways/homebrew.ts";

/** Every program that Seatrial uses and does not come with npm. */
export const programs: readonly Program[] = [
  {
    name: "redis-server",
    for: "servers",
    required: true,
    neededBy: "--servers real",
    ways: [apt("redis-server"), homebrew("redis")],
  },
  {
    name: "nats-server",
    for: "servers",
    required: true,
    neededBy: "--servers real",
    ways: [apt("nats-server"), homebrew("nats-server"), goInstall("github.com/nats-io/nats-server/v2@v2.11.17")],
  },
  {
    name: "toxiproxy-server",
    for: "faults",
    required: false,
    neededBy: "scenarios with faults of the network",
    ways: [
      homebrew("toxiproxy"),
      goInstall("github.com/Shopify/toxiproxy/v2/cmd/server@v2.12.0", {
        // Without it, the program says that its version is "git".
        variables: { "github.com/Shopify/toxiproxy/v2.Version": "2.12.0" },
        rename: { from: "server", to: "toxiproxy-server" },
      }),
    ],
  },
  k6,
  ...containerPrograms,
];

/** The programs that are for one thing. */
export function programsFor(purpose: Purpose): readonly Program[] {
  return programs.filter((program) => program.for === purpose);
}
