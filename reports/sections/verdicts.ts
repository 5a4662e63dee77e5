import { text } from "../block.ts";
import type { Section } from "../section.ts";
import { statusSentence, worstFirst } from "../status.ts";

/** What was examined, and what contradicts it. Opens every report. */
export const verdicts: Section = {
  title: "Verdicts",
  about: "Each check with what it examined, what contradicts it, and what it measured; failures first",
  render: ({ record }) => [
    text(statusSentence(record)),
    ...(record.verdicts.length === 0 ? [] : [{ kind: "verdicts" as const, verdicts: worstFirst(record.verdicts) }]),
  ],
};
