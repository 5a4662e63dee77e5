import type { BusConfiguration, CapacityPlan, ConfigurationResult, Knee } from "../../capacity/mod.ts";
import { table, text, type TableBlock } from "../block.ts";
import { count, counted, inMs, perSecond, type Cell } from "../cell.ts";
import type { CapacityBlock, CapacitySection } from "./block.ts";
import { latencyChart, shareChart, throughputChart } from "./charts.ts";
import { figureText, measuredText, modelText, predictionText } from "./words.ts";

/** Everything about one bus: its figures three times, its pictures, and what the figures rest on. */
export function busSection(result: ConfigurationResult, plan: CapacityPlan): CapacitySection {
  const { configuration, modelNote } = result;
  return {
    name: configuration.name,
    title: configuration.name,
    blocks: [
      text(described(configuration)),
      text(kneeSentence(result.knee)),
      ...fewSamples(result).map(text),
      comparisonTable(result),
      ...(modelNote === undefined ? [] : [text(modelNote)]),
      ...littleSentence(result),
      latencyChart(result, plan),
      throughputChart(result),
      shareChart(result),
      windowTable(result),
      ...exclusions(result),
    ],
  };
}

/** `8 shards × 4 workers; each message takes 25 ms (exponential, waiting) …` */
function described({ shards, workersPerShard, service, topics, arrivals, payloadBytes }: BusConfiguration): string {
  const work = service.work === "wait" ? "waiting" : "burning CPU";
  const popularity = topics.zipf === 0 ? "all alike" : `popular by Zipf's law with exponent ${topics.zipf}`;
  const coming = arrivals.process === "bursts" ? `in bursts of ${arrivals.of}` : arrivals.process;
  return `${counted(shards, "shard")} × ${counted(workersPerShard, "worker")}; a message takes ${figureText(service.meanMs, "ms")} (planned; ${service.spread}, ${work}); ${counted(topics.count, "topic")}, ${popularity}; arrivals ${coming}; payload ${figureText(payloadBytes, "bytes")}.`;
}

/** Where the bus stops to follow, between the loads that were tried. */
export function kneeSentence({ at, below, above, because }: Knee): string {
  const rate = (value: number): string => figureText(value, "per second");
  if (at === undefined) return `No load that was tried was carried: already at ${rate(above ?? 0)} ${because ?? ""}.`;
  const before = below === undefined ? "" : `, the load before it ${rate(below)}`;
  if (above === undefined) return `No knee was found: ${rate(at)}, the most that was tried, was carried${before}.`;
  return `The knee: ${rate(at)} was carried${before}; at ${rate(above)} ${because ?? ""}.`;
}

/** Two witnesses of one queue, at the largest load that is stable: the bus's gauge, and the handlers' record. */
function littleSentence({ windows }: ConfigurationResult): CapacityBlock[] {
  const stable = windows.filter(({ utilisation }) => utilisation < 1).toSorted((a, b) => b.utilisation - a.utilisation);
  const [busiest] = stable;
  if (!busiest) return [];
  const { gauge, byWaits } = busiest.little;
  return [
    text(
      `Little's law at ${busiest.utilisation}: by the bus's own gauge ${gauge.toFixed(1)} messages were queued on average, by arrivals times waits (λW) ${byWaits.toFixed(1)}.`,
    ),
  ];
}

/** A 99th percentile rests on the slowest hundredth: of fewer messages than this it is a guess. */
const p99MessagesLeast = 600;

/** Says so where percentiles rest on few messages. */
export function fewSamples({ windows, sweep }: ConfigurationResult): string[] {
  const fewest = Math.min(...[...windows, ...sweep].map(({ hottestWait }) => hottestWait.messages));
  if (fewest >= p99MessagesLeast) return [];
  return [
    `The hottest shard had as few as ${counted(fewest, "message")} in a window: below ${p99MessagesLeast}, take its p99 as a rough figure.`,
  ];
}

function comparisonTable({ rows, serviceMs, serviceCv2 }: ConfigurationResult): TableBlock {
  const caption = `Fed with the measured service time: ${figureText(serviceMs, "ms")}, Cs² ${serviceCv2.toFixed(2)}`;
  const cells = rows.map((row): Cell[] => [
    row.figure,
    predictionText(row.formula, row.unit),
    modelText(row),
    measuredText(row.measured, row.unit),
  ]);
  return table(caption, ["figure", "formula", "model", "measured"], cells);
}

function windowTable({ windows, sweep }: ConfigurationResult): CapacityBlock {
  const rows = [...windows, ...sweep].map((window): Cell[] => [
    count(window.utilisation),
    perSecond(window.offeredPerSecond),
    perSecond(window.deliveredPerSecond),
    count(window.messages),
    inMs(window.wait.meanMs),
    inMs(window.wait.p50Ms),
    inMs(window.wait.p99Ms),
    inMs(window.worstShardWaitMs),
    count(window.little.gauge),
    count(window.little.byWaits),
    inMs(window.generator.p99Ms),
  ]);
  const columns = [
    "load",
    "offered",
    "delivered",
    "messages",
    "mean wait",
    "p50",
    "p99",
    "worst shard p99",
    "queued (gauge)",
    "λW",
    "send lag p99",
  ];
  return { ...table("Every window; the last of them are the sweep's", columns, rows), folded: true };
}

function exclusions({ excluded }: ConfigurationResult): CapacityBlock[] {
  return excluded.length === 0 ? [] : [text(`Measured again: ${excluded.join("; ")}.`)];
}
