import { expect, test } from "vitest";

import { flawOf } from "../well-formed.test-support.ts";
import { renderWorldsHtml } from "./html.ts";
import { sampleScenario, sampleWorldRow, sampleWorlds } from "./sample-worlds.test-support.ts";
import { shapePicture } from "./shape-picture.ts";
import { renderWorldsTerminal } from "./terminal.ts";
import { errorText } from "./words.ts";

const poison = `</script><img src=x onerror=alert(1)>\u0000"'&`;

test("the terminal shows each figure of both worlds with its error and verdict, within the width", () => {
  for (const columns of [60, 80, 120]) {
    const text = renderWorldsTerminal(sampleWorlds(), { columns, colour: false, reportPath: "worlds.html" });
    const words = text.replaceAll(/\s+/g, " ");
    expect(words).toContain("A simulated run took 900 ms, a local one took 31 s, on average.");
    expect(words).toContain("Of 1 figure, 1 differ otherwise.");
    const lines = text.split("\n").filter((line) => !/^ {2}(again|report)/.test(line));
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(columns);
  }
  const wide = renderWorldsTerminal(sampleWorlds(), { columns: 120, colour: false });
  expect(wide).toMatch(/slowest job +2\.4 s ±4\.2 % +4\.8 s ±4\.2 % +−50 % +DIFFER/);
});

test("why figures differ as expected is said once for all of them", () => {
  const expected = { verdict: "expected", gap: "cpu", family: "latency" } as const;
  const rows = ["a", "b"].map((id) => sampleWorldRow({ ...expected, id, title: id }));
  const text = renderWorldsTerminal(sampleWorlds({ scenarios: [sampleScenario({ rows })] }), {
    columns: 120,
    colour: false,
  });
  expect(text.match(/code takes no time/g)).toHaveLength(1);
  expect(text).toContain("2 figures differ as expected, and are lower in sim");
});

test("an error has a sign, and where the local figure is zero there is none", () => {
  expect(errorText({ error: 0.042 })).toBe("+4.2 %");
  expect(errorText({ error: -0.5 })).toBe("−50 %");
  expect(errorText({ error: 0 })).toBe("0 %");
  expect(errorText({ error: -0.998 })).toBe("below −99 %");
  expect(errorText({})).toBe("–");
});

test("an interrupted comparison says so first", () => {
  const text = renderWorldsTerminal(sampleWorlds({ interrupted: true }), { columns: 120, colour: false });
  expect(text.slice(0, 250)).toContain("Interrupted: these runs are all there is.");
});

test("the picture is well-formed, says in words what it shows, and takes a stage that took no time", () => {
  const { shapes } = sampleScenario();
  const none = shapes.map((shape) => ({ ...shape, sim: shape.sim.map(() => 0) }));
  const picture = shapePicture([...shapes, ...none]);
  expect(flawOf(`<?xml version="1.0" encoding="UTF-8"?>${picture}`)).toBeUndefined();
  expect(picture).toContain("due to acknowledged: median 0.7 ms in sim (200), 4 ms in local (180)");
  expect(picture).not.toMatch(/NaN|Infinity/);
  expect(shapePicture([])).toBe("<p>No stage was seen in both worlds.</p>");
});

test("whatever a name or a reason holds, it stays text", () => {
  const scenario = sampleScenario({
    scenario: poison,
    title: poison,
    rows: [sampleWorldRow({ title: poison, because: poison })],
  });
  const html = renderWorldsHtml(
    sampleWorlds({ name: poison, scenarios: [scenario], conditions: poison, reproduce: poison }),
  );
  expect(html).not.toContain("<img");
  expect(html.match(/<\/script>/g)).toHaveLength(1);
  expect(flawOf(html.slice(html.indexOf("<main>"), html.indexOf("</main>") + 7))).toBeUndefined();
});
