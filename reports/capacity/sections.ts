import type { CapacityRecord } from "../../capacity/mod.ts";
import { table, text } from "../block.ts";
import { count, inMs, type Cell } from "../cell.ts";
import type { CapacitySection } from "./block.ts";
import { busSection } from "./bus-section.ts";
import { overviewSection } from "./overview.ts";

/** A capacity report, from the answer to the conditions under which it was found. */
export function capacitySections(record: CapacityRecord): CapacitySection[] {
  return [
    overviewSection(record),
    ...record.configurations.map((result) => busSection(result, record.plan)),
    ledgerSection(record),
    conditionsSection(record),
  ];
}

function ledgerSection({ configurations }: CapacityRecord): CapacitySection {
  const rows = configurations.map(({ configuration, ledger }): Cell[] => [
    configuration.name,
    ...[ledger.offered, ledger.accepted, ledger.refused, ledger.delivered, ledger.missing].map(count),
  ]);
  const columns = ["bus", "offered", "accepted", "refused", "delivered", "missing"];
  return {
    name: "ledger",
    title: "Where the messages went",
    blocks: [
      text("Counted by the handlers and the generator, not by the bus. A missing message fails the run."),
      table("Messages of all windows", columns, rows),
    ],
  };
}

function conditionsSection({ plan, machine, reproduce }: CapacityRecord): CapacitySection {
  const { measure, sweep } = plan;
  const { cpu, cores, memoryMb, kernel, node, loadBefore, loadAfter } = machine;
  const rows: Cell[][] = [
    ["processor", `${cpu}, ${cores} cores`],
    ["memory", `${memoryMb} MB`],
    ["system", kernel],
    ["Node", node],
    ["load average", `${loadBefore.toFixed(2)} before, ${loadAfter.toFixed(2)} after`],
    ["repeats", count(measure.repeats)],
    ["window", inMs(measure.lastingMs)],
    ["warm-up, left out", inMs(measure.warmUpMs)],
    ["sweep window", inMs(sweep.lastingMs)],
    ["seed", measure.seed],
  ];
  return {
    name: "conditions",
    title: "Conditions",
    blocks: [
      text(
        "The bus runs in a process of its own; the generator is an open loop in another. A wait begins when a message is sent and ends when its handler begins. Loads are shares of what the hottest shard can serve, with the service time measured at first. The message sizes count the memory of the bus's heap after garbage collection.",
      ),
      table("Conditions", ["", ""], rows),
      { kind: "code", code: reproduce },
    ],
  };
}
