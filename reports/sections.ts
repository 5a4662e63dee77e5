import type { Block } from "./block.ts";
import type { RunData } from "./run-data.ts";
import type { Section } from "./section.ts";
import { generator } from "./sections/generator.ts";
import { latency } from "./sections/latency.ts";
import { locksAndLeases } from "./sections/locks-and-leases.ts";
import { outcomes } from "./sections/outcomes.ts";
import { rateLimit } from "./sections/rate-limit.ts";
import { recovery } from "./sections/recovery.ts";
import { reproduce } from "./sections/reproduce.ts";
import { throughput } from "./sections/throughput.ts";
import { timeline } from "./sections/timeline.ts";
import { verdicts } from "./sections/verdicts.ts";
import { workflows } from "./sections/workflows.ts";

/** Every section, in the order in which a report shows them. */
export const sections: readonly Section[] = [
  verdicts,
  reproduce,
  timeline,
  latency,
  throughput,
  workflows,
  rateLimit,
  recovery,
  locksAndLeases,
  generator,
  outcomes,
];

/** The sections by name, with what a reader learns in each: for `seatrial list sections`. */
export const sectionCatalog: readonly { readonly name: string; readonly doc: string }[] = sections.map((section) => ({
  name: slug(section.title),
  doc: section.about,
}));

/** A section that has something to say about a run. */
export interface RenderedSection {
  /** For links: `locks-and-leases`. */
  readonly name: string;
  readonly title: string;
  readonly blocks: readonly Block[];
}

/** All sections of a run's report. A section without blocks does not concern the run. */
export function renderSections(run: RunData): RenderedSection[] {
  return sections
    .map((section) => ({ name: slug(section.title), title: section.title, blocks: section.render(run) }))
    .filter(({ blocks }) => blocks.length > 0);
}

function slug(title: string): string {
  return title.toLowerCase().replaceAll(" ", "-");
}
