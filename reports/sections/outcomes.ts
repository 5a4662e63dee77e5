import type { OperationEvent, Outcome } from "../../core/mod.ts";
import { table, text, type Block } from "../block.ts";
import { count, counted, type Cell } from "../cell.ts";
import { byLoad } from "../figures/submissions.ts";
import type { Section } from "../section.ts";

const kinds: readonly Outcome[] = ["ok", "refused", "error", "unknown"];

/** Different errors that are shown; more of them are counted together. */
const errorsMax = 10;

/** How the clients' operations ended, and with which errors. */
export const outcomes: Section = {
  title: "Outcomes",
  about: "How operations ended (ok, refused, error, unknown) by load and by gateway, and the errors they met",
  render({ history: { operations } }): Block[] {
    if (operations.length === 0) return [text("No client operation was sent.")];
    const byGateway = Map.groupBy(operations, (operation) => operation.via);
    return [
      text(sentence(operations)),
      table("By load", ["load", "operation", "all", ...kinds], [...byLoad(operations)].flatMap(loadRows)),
      table(
        "By gateway",
        ["gateway", "all", ...kinds],
        [...byGateway].map(([via, own]) => [via, ...counts(own)]),
      ),
      ...errorTable(operations),
    ];
  },
};

function sentence(operations: readonly OperationEvent[]): string {
  const unknown = operations.filter((operation) => operation.outcome === "unknown").length;
  const all = `Clients sent ${counted(operations.length, "operation")}.`;
  if (unknown === 0) return `${all} Each of them had an answer.`;
  return `${all} ${counted(unknown, "operation")} had no clear answer: it may have happened, and is called unknown.`;
}

function loadRows([load, own]: readonly [string, readonly OperationEvent[]]): Cell[][] {
  const byOperation = Map.groupBy(own, (operation) => operation.op);
  return [...byOperation].map(([operation, some]) => [load, operation, ...counts(some)]);
}

function counts(operations: readonly OperationEvent[]): Cell[] {
  const tally = Map.groupBy(operations, (operation) => operation.outcome);
  return [count(operations.length), ...kinds.map((outcome) => count(tally.get(outcome)?.length ?? 0))];
}

function errorTable(operations: readonly OperationEvent[]): Block[] {
  const troubled = operations.filter((operation) => operation.outcome !== "ok");
  const found = [...Map.groupBy(troubled, described)].toSorted(([, a], [, b]) => b.length - a.length);
  if (found.length === 0) return [];
  const rows = found.slice(0, errorsMax).map(([description, own]): Cell[] => [description, count(own.length)]);
  const rest = found.slice(errorsMax).reduce((sum, [, own]) => sum + own.length, 0);
  const others: Cell[][] = rest === 0 ? [] : [["other answers and errors", count(rest)]];
  return [table("Answers and errors that were not ok", ["answer or error", "operations"], [...rows, ...others])];
}

function described({ outcome, status, error }: OperationEvent): string {
  const answer = status === undefined ? outcome : `${outcome}, HTTP ${status}`;
  return error === undefined ? answer : `${answer}: ${error}`;
}
