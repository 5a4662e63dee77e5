import { describe, expect, it } from "vitest";

import { Listening } from "./listening.ts";

describe("listening", () => {
  it("has lasted for nothing before the first echo", () => {
    expect(new Listening(100).lastedMs(5_000)).toBe(0);
    expect(new Listening(100).hears(5_000)).toBe(false);
  });

  it("lasts as long as echoes come back in time", () => {
    const listening = new Listening(100);
    for (let atMs = 1_000; atMs <= 2_000; atMs += 100) listening.heard(atMs);
    expect(listening.lastedMs(2_050)).toBe(1_050);
  });

  it("is over at once when an echo is missing, and begins anew with the next one", () => {
    const listening = new Listening(100);
    for (let atMs = 0; atMs <= 1_000; atMs += 50) listening.heard(atMs);
    expect(listening.lastedMs(1_101)).toBe(0);
    listening.heard(1_200);
    expect(listening.lastedMs(1_230)).toBe(30);
  });
});
