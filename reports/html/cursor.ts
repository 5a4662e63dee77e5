import { plot } from "../charts/plot.ts";

/**
 * The page's one script: where the pointer is in one picture, a line stands in all of them, and each legend shows its
 * numbers for that moment. The page is complete without it.
 */
export const cursorScript = `
"use strict";
const report = JSON.parse(document.getElementById("data").textContent);
const charts = report.sections.flatMap((section) => section.blocks).filter((block) => block.kind === "time-chart");
const figures = [...document.querySelectorAll("figure")];
const numbers = figures.filter((figure) => figure.classList.contains("numbers"));
const seconds = (ms) => (ms < 10 ? ms.toFixed(1) + " ms" : ms < 1000 ? Math.round(ms) + " ms" : (ms / 1000).toFixed(2) + " s");
const plainly = (value) => value.toLocaleString("en-US", { maximumFractionDigits: 1 });
const written = { ms: seconds, "per second": (value) => plainly(value) + "/s" };

function point(event) {
  const box = event.currentTarget.getBoundingClientRect();
  const x = ((event.clientX - box.left) / box.width) * ${plot.width};
  if (x < ${plot.left} || x > ${plot.right}) return leave();
  const at = ((x - ${plot.left}) / ${plot.right - plot.left}) * report.timeFrame.endMs;
  for (const figure of figures) {
    const line = figure.querySelector(".cursor");
    line.setAttribute("x1", x);
    line.setAttribute("x2", x);
    figure.querySelector(".moment").textContent = "at " + (at / 1000).toFixed(1) + " s";
  }
  numbers.forEach((figure, index) => read(figure, charts[index], at));
}

function read(figure, chart, at) {
  const bucket = Math.floor((at - chart.atMs[0]) / chart.bucketMs);
  figure.querySelectorAll("output").forEach((output, index) => {
    const value = chart.series[index].values[bucket];
    output.textContent = value == null ? "–" : (written[chart.unit] || plainly)(value);
  });
}

function leave() {
  for (const figure of figures) {
    figure.querySelector(".cursor").setAttribute("x1", -9);
    figure.querySelector(".cursor").setAttribute("x2", -9);
    for (const shown of figure.querySelectorAll("output, .moment")) shown.textContent = "";
  }
}

for (const svg of document.querySelectorAll("svg.plot")) {
  svg.addEventListener("pointermove", point);
  svg.addEventListener("pointerleave", leave);
}
`;
