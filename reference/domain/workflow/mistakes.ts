import { nearestNames, UsageError } from "../../../core/mod.ts";

/** More would help nobody. */
const mostShown = 20;

/** What is wrong with a document, each with its path, so that all of it can be mended at once. */
export class Mistakes {
  readonly #found: string[] = [];

  /** @param path - `steps.charge.retry` */
  add(path: string, what: string): void {
    this.#found.push(`${path || "the document"}: ${what}`);
  }

  /** @throws UsageError - if there was a mistake */
  raise(subject: string): void {
    const count = this.#found.length;
    if (count === 0) return;
    const shown = this.#found.slice(0, mostShown);
    if (count > mostShown) shown.push(`and ${count - mostShown} more`);
    throw new UsageError([`${subject} has ${count === 1 ? "a mistake" : `${count} mistakes`}:`, ...shown].join("\n  "));
  }
}

/** `, did you mean "retry"?`, or all that there is when nothing is near. */
export function suggestion(typed: string, known: readonly string[]): string {
  const near = nearestNames(typed, known);
  if (near.length > 0) return `; did you mean ${near.map((name) => JSON.stringify(name)).join(" or ")}?`;
  return known.length === 0 ? "" : `; there is ${known.slice(0, mostShown).join(", ")}`;
}
