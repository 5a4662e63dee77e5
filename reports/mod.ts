export { renderAblationMarkdown, renderAblationTable, type AblationRow } from "./ablation.ts";
export type { Block } from "./block.ts";
export type {
  CampaignCoverage,
  CampaignFailure,
  CampaignResult,
  ExaminedFailure,
  ShrunkRun,
  UnclearSeed,
} from "./campaign/campaign-result.ts";
export { renderCampaignHtml } from "./campaign/html.ts";
export { renderCampaignMarkdown } from "./campaign/markdown.ts";
export { renderReplayTerminal, type ReplayResult } from "./campaign/replay.ts";
export { renderSweepHtml, renderSweepTerminal } from "./campaign/sweep.ts";
export type { SweepFailure, SweepResult, SweepRow } from "./campaign/sweep-result.ts";
export { renderSimAblation, type SimAblationRow } from "./campaign/sim-ablation.ts";
export { renderCampaignTerminal } from "./campaign/terminal.ts";
export { renderExplanations } from "./capacity/explanation.ts";
export { renderCapacityHtml } from "./capacity/html.ts";
export { renderCapacityMarkdown } from "./capacity/markdown.ts";
export { renderCapacityTerminal } from "./capacity/terminal.ts";
export { cellText } from "./cell.ts";
export type { ComparedRun, Comparison, MeasureRow, Spread } from "./comparison/comparison.ts";
export { renderComparisonHtml } from "./comparison/html.ts";
export { renderComparisonMarkdown } from "./comparison/markdown.ts";
export { renderComparisonTerminal } from "./comparison/terminal.ts";
export { engineFigures, type EngineFigures } from "./figures/engine-figures.ts";
export { intervalText, percentText, ratioText } from "./comparison/words.ts";
export { renderAnnotations } from "./gate/annotations.ts";
export type { CalibratedScenario, GatedScenario, GateItem, GateResult } from "./gate/gate-result.ts";
export { renderGateHtml } from "./gate/html.ts";
export { renderGateJunit } from "./gate/junit.ts";
export { renderGateMarkdown } from "./gate/markdown.ts";
export { renderCalibration, renderGateTerminal } from "./gate/terminal.ts";
export { renderHtml } from "./html.ts";
export { renderJson, type ReportData } from "./json.ts";
export { renderJunit } from "./junit.ts";
export { renderMarkdown } from "./markdown.ts";
export { measureDefinitions, type Measure, type MeasureDefinition } from "./measures/measure.ts";
export { measuresOf } from "./measures/measures-of.ts";
export type { MeasurableRun, RunData } from "./run-data.ts";
export type { Section } from "./section.ts";
export { sectionCatalog, sections } from "./sections.ts";
export { renderSuiteHtml } from "./suite/html.ts";
export { renderSuiteJunit } from "./suite/junit.ts";
export { renderSuiteMarkdown } from "./suite/markdown.ts";
export type { Suite } from "./suite/suite.ts";
export { renderSuiteTerminal } from "./suite/terminal.ts";
export { renderTerminal } from "./terminal.ts";
export { gaps, type FigureDefinition, type WorldFigure } from "./worlds/figure.ts";
export { renderWorldsHtml } from "./worlds/html.ts";
export { stagesOf, type Stage } from "./worlds/stages.ts";
export { renderWorldsTerminal } from "./worlds/terminal.ts";
export { worldFigures } from "./worlds/world-figures.ts";
export {
  shapeShares,
  type ComparedScenario,
  type ComparedWorld,
  type StageShape,
  type WorldRow,
  type WorldRunInShort,
  type WorldsComparison,
} from "./worlds/worlds-comparison.ts";
