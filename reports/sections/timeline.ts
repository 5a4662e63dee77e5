import type { FaultWindow } from "../../core/mod.ts";
import { table, text, type Block } from "../block.ts";
import { count, counted, inMs, type Cell } from "../cell.ts";
import { replicaLane, replicaLives, type ReplicaLife } from "../figures/replica-lanes.ts";
import { faultName, timeFrame } from "../figures/time-frame.ts";
import type { RunData } from "../run-data.ts";
import type { Section } from "../section.ts";

/** A picture with more lanes than this is no picture. */
const lanesMax = 40;

/** A run passes few milestones; a history that names more is not worth a longer table. */
const phasesMax = 40;

/** Who was up when, and what was done to whom. */
export const timeline: Section = {
  title: "Timeline",
  about: "Every replica's states and every fault's window, on one axis of time",
  render(run): Block[] {
    const lives = replicaLives(run.history.replicas);
    const tables = [...faultTable(run), ...phaseTable(run)];
    if (lives.length === 0) return [text("No replica was seen."), ...tables];
    return [text(sentence(run, lives)), replicaTable(lives), ...tables, picture(lives, timeFrame(run).endMs)];
  },
};

function sentence({ history }: RunData, lives: readonly ReplicaLife[]): string {
  const struck = history.faults.filter((fault) => fault.struckAt !== undefined).length;
  const faults = struck === 0 ? "No fault struck." : `${counted(struck, "fault")} struck, shaded in every picture.`;
  const hidden = lives.length - lanesMax;
  const cut = hidden > 0 ? ` The picture leaves out ${counted(hidden, "replica")} that had the fewest changes.` : "";
  return `${counted(lives.length, "replica")} took part. ${faults}${cut}`;
}

function replicaTable(lives: readonly ReplicaLife[]): Block {
  return table(
    "Replicas",
    ["replica", "first started", "ready after", "starts", "exits", "last exit"],
    lives.map((life) => [
      life.replica,
      inMs(life.events[0]?.at),
      readyAfter(life),
      count(life.events.filter((event) => event.phase === "starting").length),
      count(life.events.filter((event) => event.phase === "exited").length),
      lastExit(life),
    ]),
  );
}

function readyAfter({ events }: ReplicaLife): Cell {
  const ready = events.find((event) => event.phase === "ready");
  return inMs(ready && events[0] ? ready.at - events[0].at : undefined, "never");
}

function lastExit({ events }: ReplicaLife): string {
  const exit = events.findLast((event) => event.phase === "exited");
  if (!exit) return "–";
  return exit.signal ?? (exit.exitCode === undefined ? "unknown" : `code ${exit.exitCode}`);
}

function faultTable({ history }: RunData): Block[] {
  if (history.faults.length === 0) return [];
  return [table("Faults", ["#", "fault", "targets", "began", "struck", "healed"], history.faults.map(faultRow))];
}

function faultRow(fault: FaultWindow, index: number): Cell[] {
  const [label, name] = faultName(fault, index);
  const struck = inMs(fault.struckAt, "never");
  return [label, name, fault.targets.join(", "), inMs(fault.beginAt), struck, inMs(fault.healAt, "not healed")];
}

function phaseTable({ history: { phases } }: RunData): Block[] {
  if (phases.length === 0) return [];
  const rows = phases.slice(0, phasesMax).map(({ phase, at, detail }): Cell[] => {
    return [detail === undefined ? phase : `${phase}: ${detail}`, inMs(at)];
  });
  return [table("Milestones", ["milestone", "at"], rows)];
}

function picture(lives: readonly ReplicaLife[], endMs: number): Block {
  const eventful = new Set(lives.toSorted((a, b) => b.events.length - a.events.length).slice(0, lanesMax));
  const shown = lives.filter((life) => eventful.has(life));
  return { kind: "lane-chart", title: "Replicas", lanes: shown.map((life) => replicaLane(life, endMs)) };
}
