import type { ComparisonRow } from "../../../capacity/mod.ts";
import type { Evidence } from "./evidence.ts";
import { podRows } from "./pod-rows.ts";
import { resourceRows } from "./resource-rows.ts";
import { throughputRows } from "./throughput-rows.ts";
import { waitRows } from "./wait-rows.ts";

/** Every figure, by formula, by model and measured, in the order of the question: how much, how long, at what cost. */
export function compareAll(evidence: Evidence): ComparisonRow[] {
  return [podRows, throughputRows, waitRows, resourceRows].flatMap((rows) => rows(evidence));
}
