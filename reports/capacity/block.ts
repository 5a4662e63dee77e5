import type { Block, Tone } from "../block.ts";
import type { Unit } from "../cell.ts";

/** What a capacity report is made of: the blocks of all reports, and pictures without an axis of time. */
export type CapacityBlock = Block | CurveChart | BarChart;

/** Numbers over numbers. */
export interface CurveChart {
  readonly kind: "curve-chart";
  readonly title: string;
  readonly x: { readonly label: string; readonly unit: Unit };
  readonly y: { readonly unit: Unit; readonly scale: "linear" | "log" };
  readonly curves: readonly Curve[];
  /** Places on the x axis that deserve a line. */
  readonly marks: readonly { readonly label: string; readonly x: number }[];
  /** A bound to be drawn across. */
  readonly bound?: { readonly label: string; readonly value: number };
}

/** One line or cloud of a curve chart, in order of x. */
export interface Curve {
  readonly name: string;
  readonly tone: Tone;
  readonly style: "line" | "dots";
  readonly points: readonly (readonly [x: number, y: number])[];
}

/** One bar for each of several things. */
export interface BarChart {
  readonly kind: "bar-chart";
  readonly title: string;
  readonly unit: Unit;
  readonly bars: readonly { readonly name: string; readonly value: number; readonly tone: Tone }[];
  /** A value to be marked across all bars. */
  readonly bound?: { readonly label: string; readonly value: number };
}

/** A part of the report, with its heading. */
export interface CapacitySection {
  readonly name: string;
  readonly title: string;
  readonly blocks: readonly CapacityBlock[];
}
