import type { Verdict } from "../core/mod.ts";
import type { Cell, Unit } from "./cell.ts";

/** A piece of a report, as data. Renderers turn blocks into a format; sections know no format. */
export type Block = TextBlock | TableBlock | TimeChart | LaneChart | VerdictList | CodeBlock;

/** A sentence or two. */
export interface TextBlock {
  readonly kind: "text";
  readonly text: string;
}

/** Rows under headings. */
export interface TableBlock {
  readonly kind: "table";
  readonly caption: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
  /** Reference material: a page shows it only on demand. */
  readonly folded?: boolean;
}

/** What a colour stands for; each renderer has its own palette. */
export type Tone = "first" | "second" | "third" | "fourth" | "good" | "warn" | "bad" | "faint";

/** Numbers over the time of the run. Renderers shade the fault windows behind every one of them. */
export interface TimeChart {
  readonly kind: "time-chart";
  readonly title: string;
  readonly unit: Unit;
  readonly scale: "linear" | "log";
  /** Beginning of each bucket, in ms of run time. */
  readonly atMs: readonly number[];
  /** Width of a bucket. */
  readonly bucketMs: number;
  readonly series: readonly Series[];
  /** A bound to be drawn across. */
  readonly bound?: { readonly label: string; readonly value: number };
}

/** One line of a time chart. */
export interface Series {
  readonly name: string;
  readonly tone: Tone;
  readonly style: "line" | "steps" | "dots";
  /** One value a bucket; null where there is none. */
  readonly values: readonly (number | null)[];
}

/** States over the time of the run, one lane for each thing that has states. */
export interface LaneChart {
  readonly kind: "lane-chart";
  readonly title: string;
  readonly lanes: readonly Lane[];
}

/** The states of one thing, in order of time. */
export interface Lane {
  readonly name: string;
  readonly spans: readonly Span[];
}

/** A time in one state. */
export interface Span {
  readonly fromMs: number;
  readonly toMs: number;
  readonly state: string;
  readonly tone: Tone;
}

/** Verdicts with their counterexamples and measurements, worst first. */
export interface VerdictList {
  readonly kind: "verdicts";
  readonly verdicts: readonly Verdict[];
}

/** Something to be copied. */
export interface CodeBlock {
  readonly kind: "code";
  readonly code: string;
}

/** A sentence. */
export function text(sentence: string): TextBlock {
  return { kind: "text", text: sentence };
}

/** A table. */
export function table(caption: string, columns: readonly string[], rows: readonly (readonly Cell[])[]): TableBlock {
  return { kind: "table", caption, columns, rows };
}
