import { expect, test } from "vitest";

import { systemClock } from "../../core/mod.ts";
import { messageBus, messageBusDefaults, type MessageBusOptions } from "./mod.ts";

const bad: Partial<MessageBusOptions>[] = [
  ...[{ shards: 0 }, { shards: 1_025 }, { shards: 1.5 }, { workersPerShard: 0 }, { queueSizeMax: 0 }],
  ...[{ dedupMax: 0 }, { messageBytesMax: -1 }, { retriesMax: -1 }, { deadLettersMax: -1 }, { retryBackoffMs: 0 }],
  ...[{ dedupTtlMs: Number.POSITIVE_INFINITY }, { highPriorityFrom: Number.NaN }],
  ...[{ pauseAt: 0 }, { pauseAt: 1.1 }, { resumeBelow: 0 }, { pauseAt: 0.5, resumeBelow: 0.6 }],
  ...[{ clientLimit: { messagesMax: 0, windowMs: 1 } }, { clientLimit: { messagesMax: 1, windowMs: 0 } }],
];

test.each(bad)("%j is refused", (options) => {
  const name = Object.keys(options).at(-1) ?? "";
  const build = (): unknown => messageBus({ clock: systemClock(), ...options });
  expect(build).toThrow(new RegExp(`${name}[.\\w]* is `));
  expect(build).toThrow(expect.objectContaining({ code: "usage", hint: expect.stringContaining("write ") }));
});

test("the defaults are the seed's figures", () => {
  expect(messageBusDefaults).toMatchObject({
    ...{ shards: 8, workersPerShard: 4, queueSizeMax: 10_000, highPriorityFrom: 5, pauseAt: 0.8, resumeBelow: 0.5 },
    ...{ retriesMax: 3, retryBackoffMs: 10, dedupTtlMs: 3_600_000, dedupMax: 10_000, messageBytesMax: 1_048_576 },
  });
});

test("an option that is undefined has its default", () => {
  const options = { clock: systemClock(), shards: undefined } as unknown as Parameters<typeof messageBus>[0];
  expect(messageBus(options).stats().shards).toHaveLength(8);
});

test.each([-1, Number.NaN])("a bus cannot stop within %d ms", async (withinMs) => {
  const bus = messageBus({ clock: systemClock() });
  await expect(bus.stop({ withinMs })).rejects.toMatchObject({ code: "usage" });
  expect(bus.publish({ topic: "a", payload: 1 })).toMatchObject({ accepted: true });
});
