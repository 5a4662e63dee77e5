import { defineConfig } from "vitest/config";

import { PlainSummaryReporter } from "./test/plain-summary-reporter.ts";

export default defineConfig({
  test: {
    include: ["**/*.test.ts"],
    exclude: ["node_modules/**", "dist/**", ".seatrial/**", "runs/**"],
    reporters: ["default", new PlainSummaryReporter()],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
  },
});
