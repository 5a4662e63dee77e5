import { exitCodes, messageOf } from "../../core/mod.ts";
import type { AddCommand } from "../command.ts";
import { readPlane, type PlaneState } from "../up/state.ts";

/** `seatrial status`: the plane that `up` started, as its gateways tell it. */
export const addStatus: AddCommand = (program, console, run) => {
  program
    .command("status")
    .description("Show the plane that `up` started; exit code 3 when there is none.")
    .option("--json", "print one JSON object")
    .action((options: { json?: boolean }) =>
      run(
        (async () => {
          const plane = readPlane();
          const gateways = await Promise.all(
            (plane?.gateways ?? []).map((gateway) => ask(gateway.url, plane?.apiKey ?? "")),
          );
          if (options.json) console.out(JSON.stringify({ up: plane !== undefined, ...plane, gatewayStatus: gateways }));
          else console.out([describePlane(plane), ...gateways.map((status) => JSON.stringify(status))].join("\n"));
          return plane ? exitCodes.passed : exitCodes.inconclusive;
        })(),
      ),
    );
};

const width = 13;

const embedded =
  "servers      embedded stand-ins, in memory, a single node each: with their processes, all data is gone";

/** What a person needs to use the plane. */
export function describePlane(plane: PlaneState | undefined): string {
  if (!plane) return "no plane is up; `seatrial up` starts one";
  const first = plane.gateways[0]?.url ?? "";
  return [
    ...(plane.servers === "embedded" ? [embedded] : []),
    ...plane.replicas.map(({ id, url }) => `${id.padEnd(width)}${url}${id.startsWith("gateway") ? "" : "/metrics"}`),
    `${"redis".padEnd(width)}${plane.redisUrl}`,
    `${"nats".padEnd(width)}${plane.natsUrl}`,
    `${"logs".padEnd(width)}${plane.folder}/logs`,
    `${"workers".padEnd(width)}are listed by the gateways after WORKER_SNAPSHOT_INTERVAL or two`,
    `${"try".padEnd(width)}curl -s ${first}/api/v1/jobs -H 'X-API-Key: ${plane.apiKey}' -H 'Content-Type: application/json' -d '{"payload":{"workMs":10}}'`,
    `${"stop".padEnd(width)}npm run seatrial -- down`,
  ].join("\n");
}

async function ask(url: string, apiKey: string): Promise<unknown> {
  try {
    const answer = await fetch(`${url}/api/v1/status`, {
      headers: { "X-API-Key": apiKey },
      signal: AbortSignal.timeout(3_000),
    });
    return await answer.json();
  } catch (thrown) {
    return { url, error: messageOf(thrown) };
  }
}
