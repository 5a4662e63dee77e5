import type { RunRecord } from "../../core/mod.ts";
import { table, text, type Block } from "../block.ts";
import { counted, type Cell } from "../cell.ts";
import type { Section } from "../section.ts";

/** How to do this run again, and everything that made it what it was. */
export const reproduce: Section = {
  title: "Reproduce",
  about: "The command that does the run again, with its seed, tuning, safeguards left out, world and machine",
  render: ({ record }): Block[] => [
    text("The same scenario, seed and tuning again:"),
    { kind: "code", code: record.reproduce },
    table("What the run was made of", ["what", "value"], ingredients(record)),
    ...tuningTable(record.tuning),
  ],
};

/** `2 gateways, 3 schedulers, 8 workers` */
export function clusterText(cluster: RunRecord["cluster"]): string {
  const roles = Object.entries(cluster).map(([role, replicas]) => counted(replicas, role.replace(/s$/, "")));
  return roles.join(", ") || "no replicas";
}

function ingredients(record: RunRecord): Cell[][] {
  const { machine } = record;
  return [
    ["scenario", record.scenario],
    ["world", record.world],
    ...(record.servers === undefined ? [] : [["servers", record.servers]]),
    ["seed", record.seed],
    ...(record.traceHash === undefined ? [] : [["trace", record.traceHash]]),
    ["cluster", clusterText(record.cluster)],
    ["safeguards left out", record.without.join(", ") || "none"],
    ["tuning", tuningText(record.tuning)],
    ["began", new Date(record.startedAtUnixMs).toISOString()],
    ["machine", `${counted(machine.cores, "core")}, ${counted(machine.memoryMb, "MB", "MB")} of memory`],
    ["versions", `Seatrial ${record.seatrial}, Node ${machine.node}, Redis ${machine.redis}, NATS ${machine.nats}`],
  ];
}

function tuningText(tuning: RunRecord["tuning"]): string {
  const settings = Object.keys(tuning).length;
  return settings === 0 ? "the defaults" : `${counted(settings, "setting")} that differ from the defaults`;
}

function tuningTable(tuning: RunRecord["tuning"]): Block[] {
  const settings = Object.entries(tuning);
  if (settings.length === 0) return [];
  return [{ ...table("Tuning", ["setting", "value"], settings), folded: true }];
}
