import type { Block, TableBlock } from "../block.ts";
import { codeLines } from "../code-lines.ts";
import { element } from "../markup.ts";
import type { TimeFrame } from "../figures/time-frame.ts";
import { escapeMarkup } from "../plain-text.ts";
import { laneChartFigure, timeChartFigure } from "./figures.ts";
import { renderTable } from "./tables.ts";
import { renderVerdicts } from "./verdicts.ts";

/** A block as HTML. */
export function renderBlock(block: Block, frame: TimeFrame): string {
  switch (block.kind) {
    case "text":
      return element("p", {}, unbrokenUnits(escapeMarkup(block.text, 2_000)));
    case "table":
      return block.folded ? folded(block) : renderTable(block);
    case "code":
      return element(
        "pre",
        {},
        element(
          "code",
          {},
          codeLines(block.code)
            .map((line) => escapeMarkup(line, Infinity))
            .join("\n"),
        ),
      );
    case "verdicts":
      return renderVerdicts(block.verdicts);
    case "time-chart":
      return timeChartFigure(block, frame);
    case "lane-chart":
      return laneChartFigure(block, frame);
  }
}

function folded(block: TableBlock): string {
  return element("details", {}, element("summary", {}, escapeMarkup(block.caption)), renderTable(block));
}

/** A number and its unit stay on one line. */
function unbrokenUnits(markup: string): string {
  return markup.replace(/(\d) (ms|s|m|%)(?![a-z])/g, "$1\u00a0$2");
}
