import { table, text, type Block } from "../block.ts";
import { count, type Cell } from "../cell.ts";
import type { CampaignCoverage, CampaignFailure, CampaignResult, ExaminedFailure } from "./campaign-result.ts";
import {
  campaignSentence,
  divergenceSentence,
  failureName,
  loadSentence,
  neverSentence,
  shrunkSentence,
  speedSentence,
  traceText,
} from "./words.ts";

/** The campaign as a report says it: what came out, each failure, what was met, and how to do it again. */
export function campaignBlocks(result: CampaignResult): Block[] {
  const load = loadSentence(result);
  return [
    text(campaignSentence(result)),
    text(speedSentence(result)),
    ...(load === undefined ? [] : [text(load)]),
    ...result.failures.flatMap(failureBlocks),
    ...unclearBlocks(result),
    ...coverageBlocks(result.coverage),
    { kind: "code", code: result.reproduce },
  ];
}

function failureBlocks(failure: CampaignFailure): Block[] {
  const { examined } = failure;
  return [
    text(`✘ ${failureName(failure)}`),
    { kind: "verdicts", verdicts: failure.red },
    ...(examined ? examinedBlocks(examined) : []),
  ];
}

function examinedBlocks({ replay, deterministic, lastEvents, shrunk, divergence }: ExaminedFailure): Block[] {
  return [
    ...(deterministic
      ? []
      : [text("The same seed ran differently when it was run again: what follows is not to be relied on.")]),
    { kind: "code", code: replay },
    text(shrunkSentence(shrunk)),
    { kind: "verdicts", verdicts: [shrunk.red] },
    { kind: "code", code: shrunk.replay },
    text(divergenceSentence(divergence)),
    text("The steps of the shrunk run that led up to it:"),
    { kind: "code", code: shrunk.lastEvents.map(traceText).join("\n") },
    text("The steps of the run as it was found that led up to it:"),
    { kind: "code", code: lastEvents.map(traceText).join("\n") },
  ];
}

function unclearBlocks({ unclear }: CampaignResult): Block[] {
  if (unclear.length === 0) return [];
  const rows = unclear.map(({ scenario, seed, outcome, because }): Cell[] => [scenario, seed, outcome, because]);
  return [table("Seeds without a verdict: the first ones", ["scenario", "seed", "outcome", "because"], rows)];
}

function coverageBlocks({ situations, meetings }: CampaignCoverage): Block[] {
  const never = neverSentence(situations);
  return [
    ...(meetings.length === 0 ? [] : [meetingTable(meetings)]),
    table("What really occurred", situationColumns, situationRows({ situations })),
    ...(never === undefined ? [] : [text(never)]),
  ];
}

/** The headings of {@link situationRows}. */
export const situationColumns = ["guarantee", "situation", "seeds", "times"];

/** Situations that occurred, by guarantee. */
export function situationRows({ situations }: Pick<CampaignCoverage, "situations">): Cell[][] {
  return situations
    .filter(({ seeds }) => seeds > 0)
    .map(({ tries, situation, seeds, occurrences }) => [tries.join(" "), situation, count(seeds), count(occurrences)]);
}

/** The headings of {@link meetingRows}. */
export const meetingColumns = ["fault", "struck a", "so many times, while it was"];

/** Which fault met which states of a role, and which never; a row for each kind of fault and role. */
export function meetingRows({ meetings }: Pick<CampaignCoverage, "meetings">): Cell[][] {
  const rows = new Map<string, { readonly action: string; readonly role: string; met: string[]; never: string[] }>();
  for (const { action, role, doing, occurrences } of meetings) {
    const key = `${action} ${role}`;
    const row = rows.get(key) ?? { action, role, met: [], never: [] };
    rows.set(key, row);
    if (occurrences > 0) row.met.push(`${occurrences} ${doing}`);
    else row.never.push(doing);
  }
  return [...rows.values()].map(({ action, role, met, never }) => {
    return [action, role, [...met, ...(never.length > 0 ? [`never ${never.join(" or ")}`] : [])].join(", ")];
  });
}

function meetingTable(meetings: CampaignCoverage["meetings"]): Block {
  return table("Which fault met which state", meetingColumns, meetingRows({ meetings }));
}
