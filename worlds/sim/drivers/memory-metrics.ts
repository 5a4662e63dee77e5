import { metricTable, type MetricDefinition, type MetricKey, type Metrics } from "../../../reference/ports/mod.ts";

type Labels = Readonly<Record<string, string>>;

/** One combination of labels of a metric. */
interface Series {
  readonly labels: Labels;
  value: number;
  /** For a histogram: how many observations there were, and how many within each bucket. */
  count: number;
  readonly within: number[];
}

/** The metrics of one life of a replica, as plain numbers; text is made of them when somebody asks. */
export function memoryMetrics(instance: string): Metrics {
  const families = new Map<MetricKey, Map<string, Series>>();
  const seriesOf = (metric: MetricKey, labels: Labels): Series => {
    let family = families.get(metric);
    if (!family) families.set(metric, (family = new Map<string, Series>()));
    const key = keyOf(labels);
    let series = family.get(key);
    if (!series) family.set(key, (series = { labels, value: 0, count: 0, within: [] }));
    return series;
  };
  return {
    count: (metric, labels = none, by = 1) => void (seriesOf(metric, labels).value += by),
    set: (metric, value, labels = none) => void (seriesOf(metric, labels).value = value),
    observe: (metric, value, labels = none) => observe(seriesOf(metric, labels), value, metricTable[metric]),
    expose: () => Promise.resolve(exposed(families, instance)),
  };
}

const none: Labels = {};

function keyOf(labels: Labels): string {
  let key = "";
  for (const name in labels) key += `${labels[name]},`;
  return key;
}

function observe(series: Series, value: number, { buckets = [] }: MetricDefinition): void {
  series.value += value;
  series.count += 1;
  for (const [index, bound] of buckets.entries()) {
    if (value <= bound) series.within[index] = (series.within[index] ?? 0) + 1;
  }
}

function exposed(families: ReadonlyMap<MetricKey, ReadonlyMap<string, Series>>, instance: string): string {
  const lines: string[] = [];
  for (const [metric, family] of families) {
    const definition: MetricDefinition = metricTable[metric];
    lines.push(`# HELP ${definition.name} ${definition.help}`, `# TYPE ${definition.name} ${definition.type}`);
    for (const series of family.values())
      lines.push(...linesOf(definition, series, { ...series.labels, pod: instance }));
  }
  return `${lines.join("\n")}\n`;
}

function linesOf({ name, type, buckets = [] }: MetricDefinition, series: Series, labels: Labels): string[] {
  if (type !== "histogram") return [`${name}${braced(labels)} ${series.value}`];
  const within = buckets.map(
    (bound, index) => `${name}_bucket${braced({ ...labels, le: `${bound}` })} ${series.within[index] ?? 0}`,
  );
  const all = `${name}_bucket${braced({ ...labels, le: "+Inf" })} ${series.count}`;
  return [
    ...within,
    all,
    `${name}_sum${braced(labels)} ${series.value}`,
    `${name}_count${braced(labels)} ${series.count}`,
  ];
}

function braced(labels: Labels): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${value.replaceAll(/["\\\n]/g, "_")}"`);
  return `{${pairs.join(",")}}`;
}
