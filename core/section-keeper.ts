import type { SectionEvent } from "./events.ts";
import { begun, type Growing } from "./growing.ts";
import type { SectionHistory } from "./history.ts";

/** Puts the events of critical sections together, each stay from its entry to its end. */
export function sectionKeeper(sections: SectionHistory[]): (event: SectionEvent) => void {
  const stays = new Map<string, Growing<SectionHistory>>();
  return (event) => {
    if (event.phase === "entered") {
      const section = entered(event);
      stays.set(event.section, section);
      sections.push(section);
      return;
    }
    const section = begun(stays.get(event.section), event);
    if (event.phase === "renewed") renew(section, event);
    else end(section, event, event.phase);
  };
}

/** A renewal's answer may come after the end; it changes nothing then. */
function renew(section: Growing<SectionHistory>, { at, validUntil }: SectionEvent): void {
  if (section.end !== undefined) return;
  section.renewedAt = at;
  section.renewals += 1;
  section.validUntil = validUntil ?? section.validUntil;
}

/** A holder that gave up may still release: the stay ended when it gave up, but what the release did matters. */
function end(section: Growing<SectionHistory>, event: SectionEvent, how: "left" | "abandoned"): void {
  section.end ??= how;
  section.endedAt ??= event.sentAt ?? event.at;
  section.endNotedAt = event.at;
  section.removed = event.removed ?? section.removed;
}

function entered({ guard, key, section, who, at, validUntil }: SectionEvent): Growing<SectionHistory> {
  return {
    guard,
    key,
    section,
    who,
    enteredAt: at,
    renewedAt: at,
    renewals: 0,
    validUntil: validUntil ?? at,
    endedAt: undefined,
    endNotedAt: undefined,
    end: undefined,
    removed: undefined,
  };
}
