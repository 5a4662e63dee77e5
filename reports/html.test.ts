import { createHash } from "node:crypto";
import { Script } from "node:vm";

import { describe, expect, test } from "vitest";

import { renderHtml } from "./html.ts";
import { reportData } from "./json.ts";
import { sections } from "./sections.ts";
import { poison, poisonedRun } from "./poisoned-run.test-support.ts";
import { emptyHistory, sampleRecord, sampleVerdict } from "./sample-record.test-support.ts";
import { sampleRun } from "./sample-run.test-support.ts";
import { withSampleWorkflows } from "./sample-workflows.test-support.ts";
import { flawOf } from "./well-formed.test-support.ts";

const run = withSampleWorkflows(sampleRun());
const html = renderHtml(run);
const figures = html.match(/<figure[\s\S]*?<\/figure>/g) ?? [];

describe("the page", () => {
  test("loads nothing from anywhere", () => {
    expect(html).not.toMatch(/https?:|\/\/[a-z]|@import|url\(|\ssrc=|<link|<iframe|<object|fetch\(/i);
    expect(
      [...html.matchAll(/href="([^"]*)"/g)].map((match) => match[1]).filter((href) => !href?.startsWith("#")),
    ).toEqual([]);
  });

  test("forbids every request, and every script but its own", () => {
    const scripts = [...html.matchAll(/<script>([\s\S]*?)<\/script>/g)].map((match) => match[1] ?? "");
    expect(scripts).toHaveLength(1);
    const hash = createHash("sha256")
      .update(scripts[0] ?? "")
      .digest("base64");
    expect(html).toContain(`script-src 'sha256-${hash}'`);
    expect(html).toContain("default-src 'none'");
    expect(() => new Script(scripts[0] ?? "")).not.toThrow();
  });

  test("stays below a megabyte with 5,000 operations and with 20,000", () => {
    expect(Buffer.byteLength(html)).toBeLessThan(1_000_000);
    expect(Buffer.byteLength(renderHtml(sampleRun({ operations: 20_000, lastedMs: 3_600_000 })))).toBeLessThan(
      1_000_000,
    );
  });

  test("follows the reader's light or dark, and prints", () => {
    expect(html).toContain("@media (prefers-color-scheme: dark)");
    expect(html).toContain("@media print");
  });

  test("is well-formed from the first heading to the last table", () => {
    expect(flawOf(main(html))).toBeUndefined();
  });

  test("is the same for the same run, to the byte", () => {
    expect(renderHtml(withSampleWorkflows(sampleRun()))).toBe(html);
  });
});

describe("the content", () => {
  test("opens with the verdicts, the failed one first, and then the command that does it again", () => {
    const places = ['id="verdicts"', "no job is lost", "one job per key", "no effect twice"];
    places.push('id="reproduce"', run.record.reproduce, 'id="timeline"');
    const found = places.map((place) => html.indexOf(place, html.indexOf('id="verdicts"')));
    expect(found).not.toContain(-1);
    expect(found).toEqual(found.toSorted((a, b) => a - b));
  });

  test("has every section", () => {
    for (const { title } of sections) expect(html).toContain(`<h2>${title}</h2>`);
  });

  test("shades every fault window in every picture, on one axis of time", () => {
    expect(figures.length).toBeGreaterThanOrEqual(7);
    const bands = figures.map((figure) => figure.match(/<g class="band">[\s\S]*?<\/g>/g)?.join(""));
    expect(new Set(figures.map((figure) => figure.match(/class="band"/g)?.length))).toEqual(new Set([2]));
    const edges = bands.map((band) =>
      [...(band ?? "").matchAll(/ x="([\d.]+)" width="([\d.]+)"/g)].map((match) => match[0]).join(),
    );
    expect(new Set(edges).size).toBe(1);
  });

  test("says in words what each picture shows, and has its numbers in a table", () => {
    for (const figure of figures) {
      expect(figure).toMatch(/<svg [^>]*role="img"[^>]*><title>.+kill scheduler-1 from 19\.3 s.+<\/title>/);
      expect(figure).toMatch(/<details><summary>As a table<\/summary><div class="scroll"><table>/);
    }
  });

  test("embeds the data that it was made from", () => {
    const json = /<script type="application\/json" id="data">(.*?)<\/script>/s.exec(html)?.[1] ?? "";
    expect(JSON.parse(json)).toEqual(JSON.parse(JSON.stringify(reportData(run))));
  });
});

describe("a run with poison in every text", () => {
  const poisonedHtml = renderHtml(poisonedRun());

  test("brings no element, script or handler of its own", () => {
    expect(poisonedHtml.match(/<script/g)).toHaveLength(2);
    expect(poisonedHtml.match(/<\/script/g)).toHaveLength(2);
    expect(poisonedHtml).not.toMatch(/<img|<!--/);
    expect(flawOf(main(poisonedHtml))).toBeUndefined();
  });

  test("keeps its texts readable, and its data exact", () => {
    expect(main(poisonedHtml)).toContain("&#60;img src=x onerror=alert(2)&#62;");
    const json = /<script type="application\/json" id="data">(.*?)<\/script>/s.exec(poisonedHtml)?.[1] ?? "";
    expect(JSON.parse(json).record.seed).toBe(`42${poison}`);
  });
});

describe("a run in which nothing happened", () => {
  const empty = renderHtml({
    record: sampleRecord({ verdicts: [], status: "inconclusive", lastedMs: 0 }),
    history: emptyHistory,
  });

  test("says so in each section", () => {
    for (const words of [
      "Nothing was examined.",
      "No replica was seen.",
      "No submission was acknowledged.",
      "No load was offered.",
      "nothing to recover from",
      "Nobody entered a critical section.",
      "No client operation was sent.",
    ]) {
      expect(empty).toContain(words);
    }
    expect(empty).not.toContain("NaN");
    expect(flawOf(main(empty))).toBeUndefined();
  });

  test("has no section about a limit that nobody checks", () => {
    expect(empty).not.toContain("Rate limit");
    const checked = sampleRecord({ verdicts: [sampleVerdict({ check: "rate limit holds" })] });
    expect(renderHtml({ record: checked, history: emptyHistory })).toContain(
      "No submission was offered under a limit.",
    );
  });
});

function main(page: string): string {
  return page.slice(page.indexOf("<main>"), page.indexOf("</main>") + "</main>".length);
}
