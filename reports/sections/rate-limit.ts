import type { OperationEvent, RunRecord, Verdict } from "../../core/mod.ts";
import { table, text, type Block, type Series, type TimeChart, type Tone } from "../block.ts";
import { cellText, count, perSecond, share, type Cell } from "../cell.ts";
import { submissions } from "../figures/submissions.ts";
import { busiestByBucket, byWallSecond, wallSecondAxis, type WallSeconds } from "../figures/wall-seconds.ts";
import type { RunData } from "../run-data.ts";
import type { Section } from "../section.ts";

/** Whether the limit held over all gateways together. Only for runs that check it. */
export const rateLimit: Section = {
  title: "Rate limit",
  about: "Submissions admitted in each second of the wall clock, against the limit; only when a check examines it",
  render(run): Block[] {
    const verdicts = run.record.verdicts.filter(({ check }) => check.startsWith("rate limit"));
    if (verdicts.length === 0) return [];
    const clients = limitedClients(run, verdicts);
    if (clients.length === 0) return [text("No submission was offered under a limit.")];
    return [text(sentence(clients)), clientTable(clients), picture(clients)];
  },
};

interface Client {
  readonly name: string;
  readonly limitPerSecond: number | undefined;
  readonly offered: number;
  readonly admitted: number;
  readonly refused: number;
  readonly bySecond: WallSeconds;
  /** The most that were surely admitted in a second beginning anywhere, as the check measured it. */
  readonly inAnySecond: number | undefined;
}

/** The clients that the checks name; when they name none, all that were refused anything, or else all. */
function limitedClients({ record, history }: RunData, verdicts: readonly Verdict[]): Client[] {
  const named = Map.groupBy(submissions(history.operations), (operation) => operation.client ?? "nobody");
  const clients = [...named].map(([name, own]) => clientOf(name, own, verdicts, record));
  const chosen = clients.filter(({ name }) => verdicts.some((verdict) => isAbout(verdict, name)));
  if (chosen.length > 0) return chosen;
  const refused = clients.filter((client) => client.refused > 0);
  return refused.length > 0 ? refused : clients;
}

function clientOf(
  name: string,
  own: readonly OperationEvent[],
  verdicts: readonly Verdict[],
  { startedAtUnixMs }: RunRecord,
): Client {
  const admitted = own.filter((operation) => operation.outcome === "ok");
  return {
    name,
    limitPerSecond: measured("limitPerSecond", name, verdicts),
    inAnySecond: measured("admittedPerRollingSecondMax", name, verdicts),
    offered: own.length,
    admitted: admitted.length,
    refused: own.filter((operation) => operation.outcome === "refused").length,
    bySecond: byWallSecond(admitted, startedAtUnixMs),
  };
}

/** `rate limit holds for tenant-a` */
function isAbout({ check }: Verdict, client: string): boolean {
  return check.endsWith(` for ${client}`);
}

/** A measurement about a client: named plainly, or `limitPerSecond/tenant-a` where the check examined several. */
function measured(what: string, client: string, verdicts: readonly Verdict[]): number | undefined {
  const verdict =
    verdicts.find((each) => isAbout(each, client)) ?? verdicts.find(({ check }) => !check.includes(" for "));
  return verdict?.measurements.find(({ name }) => name === what || name === `${what}/${client}`)?.value;
}

function sentence(clients: readonly Client[]): string {
  const busiest = clients.reduce((most, each) => (each.bySecond.busiest > most.bySecond.busiest ? each : most));
  const { name, limitPerSecond, bySecond } = busiest;
  const bound = limitPerSecond === undefined ? "" : `, with a limit of ${cellText(count(limitPerSecond))}`;
  return (
    `The busiest second of the wall clock surely admitted ${cellText(count(bySecond.busiest))} submissions of the ` +
    `client “${name}”${bound}. One that was sent in one second and answered in the next counts for neither of them.`
  );
}

function clientTable(clients: readonly Client[]): Block {
  const row = ({ name, limitPerSecond, offered, admitted, refused, bySecond, inAnySecond }: Client): Cell[] => [
    name,
    limitPerSecond === undefined ? "–" : perSecond(limitPerSecond),
    count(offered),
    count(admitted),
    count(refused),
    share(refused, offered),
    perSecond(bySecond.busiest),
    inAnySecond === undefined ? "–" : perSecond(inAnySecond),
  ];
  const columns = [
    "client",
    "limit",
    "offered",
    "admitted",
    "refused",
    "share refused",
    "busiest second",
    "any second",
  ];
  return table("Limited clients", columns, clients.map(row));
}

const tones: readonly Tone[] = ["first", "second", "third", "fourth"];

function picture(clients: readonly Client[]): TimeChart {
  const shown = clients.slice(0, tones.length);
  const axis = wallSecondAxis(shown.map((client) => client.bySecond));
  // Filled shapes hide each other.
  const style = shown.length > 1 ? "line" : "steps";
  const series = shown.map(({ name, bySecond }, index): Series => {
    return { name, tone: tones[index] ?? "faint", style, values: busiestByBucket(axis, bySecond) };
  });
  const limits = new Set(shown.map(({ limitPerSecond }) => limitPerSecond));
  const [limit] = limits;
  return {
    kind: "time-chart",
    title: "Admitted in each second of the wall clock",
    unit: "per second",
    scale: "linear",
    atMs: axis.atMs,
    bucketMs: axis.widthMs,
    series,
    // One line for the limit would be wrong where clients have different ones.
    ...(limits.size > 1 || limit === undefined ? {} : { bound: { label: "limit", value: limit } }),
  };
}
