import type { ReplicaEvent } from "../../core/mod.ts";
import type { Lane, Span, Tone } from "../block.ts";
import { legibleSpans } from "./spans.ts";

/** The life of one replica, as the world that ran it saw it. */
export interface ReplicaLife {
  readonly replica: string;
  readonly role: string;
  readonly events: readonly ReplicaEvent[];
}

/** Each replica's events, grouped by role in order of appearance, and by number within a role. */
export function replicaLives(events: readonly ReplicaEvent[]): ReplicaLife[] {
  const roles = [...new Set(events.map((event) => event.role))];
  return [...Map.groupBy(events, (event) => event.replica)]
    .map(([replica, own]) => ({ replica, role: own[0]?.role ?? "", events: own }))
    .toSorted((a, b) => roles.indexOf(a.role) - roles.indexOf(b.role) || byNumber.compare(a.replica, b.replica));
}

const byNumber = new Intl.Collator("en", { numeric: true });

/** A replica's states as spans; while it is dead there is none. */
export function replicaLane(life: ReplicaLife, endMs: number): Lane {
  const spans: Span[] = [];
  let beforePause: State | undefined;
  life.events.forEach((event, index) => {
    const state = event.phase === "resumed" ? (beforePause ?? states.ready) : states[event.phase];
    if (event.phase !== "paused") beforePause = state;
    const toMs = life.events[index + 1]?.at ?? endMs;
    if (state && toMs > event.at) spans.push({ fromMs: event.at, toMs, ...state });
  });
  return { name: life.replica, spans: legibleSpans(spans, endMs) };
}

interface State {
  readonly state: string;
  readonly tone: Tone;
}

const states: Record<Exclude<ReplicaEvent["phase"], "resumed">, State | undefined> & { ready: State } = {
  starting: { state: "starting", tone: "faint" },
  ready: { state: "ready", tone: "good" },
  paused: { state: "paused", tone: "warn" },
  stopping: { state: "stopping", tone: "fourth" },
  exited: undefined,
};
