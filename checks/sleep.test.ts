import { describe, expect, test } from "vitest";

import { sleepsIn } from "./sleep.ts";
import { replica, stall, story, submitted } from "./story.test-support.ts";

const span = (fromMs: number, toMs: number) => ({ fromMs, toMs });

describe("sleepsIn", () => {
  test("counts no time twice: not a pause that is also a stall, nor two stalls that touch", () => {
    const sleeps = sleepsIn(
      story(replica("a", "paused", 100), replica("a", "resumed", 300), stall("a", 110, 320), stall("a", 320, 400)),
    );
    expect(sleeps.awakeMs("a", span(0, 1_000))).toBe(700);
    expect(sleeps.awakeMs("a", span(200, 350))).toBe(0);
    expect(sleeps.awakeMs("a", span(350, 500))).toBe(100);
  });

  test("knows each replica by itself, and those that never slept", () => {
    const sleeps = sleepsIn(story(stall("a", 100, 200)));
    expect(sleeps.awakeMs("b", span(0, 300))).toBe(300);
    expect(sleeps.awakeMs("a", span(300, 200))).toBe(0);
  });

  test("lets a pause last until the end of the run, or the end of the replica", () => {
    const open = story(replica("a", "paused", 100), submitted("j", 900));
    expect(sleepsIn(open).awakeMs("a", span(0, 900))).toBe(100);
    const killed = story(replica("a", "paused", 100), replica("a", "exited", 200), submitted("j", 900));
    expect(sleepsIn(killed).awakeMs("a", span(0, 900))).toBe(800);
  });
});
