import { expect, test } from "vitest";

import { kernelEvents } from "./kernel-events.ts";

test("the kernel's benchmark counts a question, its answer and no timer that was cancelled", async () => {
  const { events } = await kernelEvents(800);
  // Two for each question, three to open each of eight connections, and the beginning of the story.
  expect(events).toBe(2 * 800 + 3 * 8 + 1);
});
