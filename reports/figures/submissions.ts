import type { OperationEvent } from "../../core/mod.ts";

/** The loads of a run in order of appearance, each with what belongs to it. */
export function byLoad<Each extends { readonly load: string | undefined }>(items: Iterable<Each>): Map<string, Each[]> {
  return Map.groupBy(items, (item) => item.load ?? "no load");
}

/** The submissions among the operations: what asked for a job, or for a run of a workflow. */
export function submissions(operations: readonly OperationEvent[]): OperationEvent[] {
  return operations.filter(({ op }) => op === "submit" || op === "start-run");
}

/** The operations that ended well. Answers that refuse come fast, and would make a sick plane look quick. */
export function acknowledged(operations: readonly OperationEvent[]): OperationEvent[] {
  return operations.filter((operation) => operation.outcome === "ok");
}

/** How long the client waited, counted from when the operation was due, so that a late generator hides nothing. */
export function latencyMs(operation: OperationEvent): number {
  return operation.at - operation.intendedAt;
}
