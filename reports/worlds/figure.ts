import type { Unit } from "../cell.ts";

/** What a figure is about: figures of one family stand together. */
export type Family = "recovery" | "duplicates" | "rates" | "locks" | "latency";

/** What the simulator leaves out on purpose, so that some figures are known to differ. */
export type Gap = "cpu" | "boot" | "hands";

/** A figure that both worlds should agree on, or are known not to. */
export interface FigureDefinition {
  readonly id: string;
  readonly title: string;
  readonly unit: Unit;
  readonly family: Family;
  /** What of it the simulator leaves out. Missing where nothing excuses a difference. */
  readonly gap?: Gap;
  /** What may make it differ in either direction, and so excuses nothing. */
  readonly hint?: string;
}

/** The figure as one run came to it. */
export interface WorldFigure extends FigureDefinition {
  /** Missing where the run cannot tell: nothing was examined, or too little. */
  readonly value: number | undefined;
  /** Why it is missing. */
  readonly because?: string;
}

/** Each gap in a sentence, and in which direction it makes the simulated figure differ. */
export const gaps: Readonly<Record<Gap, { readonly why: string; readonly makesSim: "lower" | "higher" }>> = {
  cpu: {
    why: "code takes no time in the simulator, only messages and waits do",
    makesSim: "lower",
  },
  hands: {
    why: "work passes through a simulated replica's hands so fast that a fault seldom finds any in them",
    makesSim: "lower",
  },
  boot: {
    why: "a simulated replica starts at once, a process has to load",
    makesSim: "lower",
  },
};

/** A figure that a run can tell. */
export function figure(definition: FigureDefinition, value: number): WorldFigure {
  return { ...definition, value };
}

/** A figure that a run cannot tell, and why. */
export function missingFigure(definition: FigureDefinition, because: string): WorldFigure {
  return { ...definition, value: undefined, because };
}
