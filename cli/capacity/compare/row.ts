import { compare, type ComparisonRow, type FigureUnit, type Spread, type Tolerance } from "../../../capacity/mod.ts";

/** What a row is about. */
export interface RowSubject {
  readonly figure: string;
  readonly unit: FigureUnit;
  /** Whether more of it is better, or less. */
  readonly better: "more" | "less";
  readonly within: Tolerance;
}

/** What is predicted; undefined where nobody predicts it. */
export interface Predictions {
  readonly formula?: number | undefined;
  readonly model?: number | undefined;
}

/** A row of predictions and their measurement. */
export function row(subject: RowSubject, { formula, model }: Predictions, measured: Spread): ComparisonRow {
  const { figure, unit, better, within } = subject;
  const judge = (predicted: number | undefined): ComparisonRow["model"] =>
    predicted === undefined ? undefined : compare(predicted, measured, better, within);
  return { figure, unit, formula: judge(formula), model: judge(model), measured };
}
