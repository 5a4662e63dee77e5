import type { Reporter, SerializedError, TestModule } from "vitest/node";

/** How a test run ended. Whatever failed outside of a test, such as a file that cannot be loaded, counts as failed. */
interface Tally {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

/**
 * Ends the output with one line for machines: `12 passed, 0 failed`, or `12 passed, 0 failed, 1 skipped`.
 *
 * A run in which no test ran fails: an empty run must never look green.
 */
export class PlainSummaryReporter implements Reporter {
  #tally: Tally | undefined;

  onInit(): void {
    // At the exit, because Vitest's own summary comes after the end of the run.
    process.once("exit", () => this.#tally && process.stdout.write(`${summaryLine(this.#tally)}\n`));
  }

  onTestRunEnd(modules: readonly TestModule[], unhandledErrors: readonly SerializedError[]): void {
    this.#tally = tallyOf(modules, unhandledErrors.length);
    if (this.#tally.passed + this.#tally.failed === 0) process.exitCode = 1;
  }
}

function summaryLine({ passed, failed, skipped }: Tally): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`;
}

function tallyOf(modules: readonly TestModule[], unhandledErrors: number): Tally {
  let [passed, failed, skipped] = [0, unhandledErrors, 0];
  for (const module of modules) {
    failed += brokenSuites(module);
    for (const test of module.children.allTests()) {
      const { state } = test.result();
      if (state === "passed") passed++;
      else if (state === "skipped") skipped++;
      else failed++;
    }
  }
  return { passed, failed, skipped };
}

/** Files and suites with an error of their own: one that does not load, a hook that throws. */
function brokenSuites(module: TestModule): number {
  const suites = [module, ...module.children.allSuites()];
  return suites.filter((suite) => suite.errors().length > 0).length;
}
