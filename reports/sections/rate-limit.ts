import type { OperationEvent, Verdict } from "../../core/mod.ts";
import { table, text, type Block, type Series, type Tone } from "../block.ts";
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
    const verdict = run.record.verdicts.find((each) => /\blimits?\b/i.test(each.check));
    if (!verdict) return [];
    const clients = limitedClients(run);
    if (clients.length === 0) return [text("No submission was offered under a limit.")];
    const limit = limitOf(verdict);
    return [text(sentence(clients, limit)), clientTable(clients), picture(clients, limit)];
  },
};

interface Client {
  readonly name: string;
  readonly offered: number;
  readonly admitted: number;
  readonly refused: number;
  readonly bySecond: WallSeconds;
}

/** The clients that were refused anything; all of them, when nobody was. */
function limitedClients({ record, history }: RunData): Client[] {
  const named = submissions(history.operations).filter((operation) => operation.client !== undefined);
  const clients = [...Map.groupBy(named, (operation) => operation.client ?? "")].map(([name, own]) =>
    clientOf(name, own, record.startedAtUnixMs),
  );
  const limited = clients.filter((client) => client.refused > 0);
  return limited.length > 0 ? limited : clients;
}

function clientOf(name: string, own: readonly OperationEvent[], startedAtUnixMs: number): Client {
  const admittedAt = own.flatMap((operation) => (operation.outcome === "ok" ? [operation.sentAt] : []));
  const refused = own.filter((operation) => operation.outcome === "refused").length;
  const bySecond = byWallSecond(admittedAt, startedAtUnixMs);
  return { name, offered: own.length, admitted: admittedAt.length, refused, bySecond };
}

function limitOf(verdict: Verdict): number | undefined {
  return verdict.measurements.find(({ name }) => /^limit/i.test(name))?.value;
}

function sentence(clients: readonly Client[], limit: number | undefined): string {
  const most = clients.reduce((busiest, client) => Math.max(busiest, client.bySecond.busiest), 0);
  const bound = limit === undefined ? "" : `; the limit is ${cellText(perSecond(limit))}`;
  return (
    `The busiest second of the wall clock admitted ${cellText(count(most))} submissions of one client${bound}. ` +
    "A submission counts for the second in which it was sent, so one on the edge may belong to the next."
  );
}

function clientTable(clients: readonly Client[]): Block {
  const row = ({ name, offered, admitted, refused, bySecond }: Client): Cell[] => [
    name,
    count(offered),
    count(admitted),
    count(refused),
    share(refused, offered),
    perSecond(bySecond.busiest),
  ];
  const columns = ["client", "offered", "admitted", "refused", "share refused", "busiest second"];
  return table("Limited clients", columns, clients.map(row));
}

const tones: readonly Tone[] = ["first", "second", "third", "fourth"];

function picture(clients: readonly Client[], limit: number | undefined): Block {
  const shown = clients.slice(0, tones.length);
  const axis = wallSecondAxis(shown.map((client) => client.bySecond));
  return {
    kind: "time-chart",
    title: "Admitted in each second of the wall clock",
    unit: "per second",
    scale: "linear",
    atMs: axis.atMs,
    bucketMs: axis.widthMs,
    series: shown.map(({ name, bySecond }, index): Series => {
      return { name, tone: tones[index] ?? "faint", style: "steps", values: busiestByBucket(axis, bySecond) };
    }),
    ...(limit === undefined ? {} : { bound: { label: "limit", value: limit } }),
  };
}
