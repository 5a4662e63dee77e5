import type { Answer, CapacityPlan, ComparisonRow, ConfigurationResult } from "../../capacity/mod.ts";

/** What the plan asks, answered for its first bus: how many pods, and what formula and model would have said. */
export function answerOf({ ask }: CapacityPlan, result: ConfigurationResult): Answer {
  const pods = result.rows.find(({ figure }) => figure.startsWith("pods"));
  const { name: configuration } = result.configuration;
  const question = `${grouped(ask.peakPerSecond)} msg/s at a p99 wait of at most ${ask.p99WaitMs} ms`;
  if (!pods) {
    const why =
      result.knee.at === undefined ? "no load that was tried was carried" : "every load that was tried was carried";
    const sentence = `${question}: no number of pods was found, for ${why} (${configuration}).`;
    return { sentence, configuration, formulaPods: undefined, modelPods: undefined, measuredPods: undefined };
  }
  const needed = pods.measured.median;
  const lost = ask.away === 0 ? "" : `, ${ask.away === 1 ? "one" : ask.away} of which may be lost`;
  return {
    sentence: `${question} needs ${needed} ${needed === 1 ? "pod" : "pods"}${lost} (${configuration}); the seed's formula says ${said(pods.formula)}; the model says ${said(pods.model)}.`,
    configuration,
    formulaPods: pods.formula?.predicted,
    modelPods: pods.model?.predicted,
    measuredPods: needed,
  };
}

function said(prediction: ComparisonRow["model"]): string {
  return prediction ? `${prediction.predicted}: ${prediction.word}` : "nothing";
}

function grouped(value: number): string {
  return value.toLocaleString("en-US");
}
