import { systemClock, systemRandom, type Observation, type SectionEvent, type WriteEvent } from "../../../core/mod.ts";
import type { Log, Metrics } from "../../ports/mod.ts";
import { dialRedis } from "./connection.ts";
import type { DialRedis } from "./redis-connection.ts";

/** The plain parts that every factory of this folder wants, recording what they are told. */
export interface TestParts {
  readonly clock: ReturnType<typeof systemClock>;
  readonly random: ReturnType<typeof systemRandom>;
  readonly instance: string;
  readonly dial: DialRedis;
  readonly log: Log;
  readonly witness: { record(observation: Observation): void };
  readonly metrics: Metrics;
  readonly sections: Omit<SectionEvent, "at" | "who">[];
  readonly writes: Omit<WriteEvent, "at" | "who">[];
  /** What a metric with these labels has come to. */
  metric(name: string, labels?: Record<string, string>): number;
}

/** Fresh parts for one test. */
export function testParts(instance = "replica-1"): TestParts {
  const sections: Omit<SectionEvent, "at" | "who">[] = [];
  const writes: Omit<WriteEvent, "at" | "who">[] = [];
  const values = new Map<string, number>();
  const keyOf = (name: string, labels: Record<string, string> = {}): string => `${name} ${JSON.stringify(labels)}`;
  const metric = (name: string, labels?: Record<string, string>): number => values.get(keyOf(name, labels)) ?? 0;
  return {
    clock: systemClock(),
    random: systemRandom(),
    instance,
    dial: dialRedis,
    log: { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} },
    witness: {
      record(observation) {
        if (observation.kind === "section") sections.push(observation);
        if (observation.kind === "write") writes.push(observation);
      },
    },
    metrics: {
      count: (name, labels, by = 1) => values.set(keyOf(name, labels), metric(name, labels) + by),
      set: (name, value, labels) => values.set(keyOf(name, labels), value),
      observe: () => {},
      expose: () => Promise.resolve(""),
    },
    sections,
    writes,
    metric,
  };
}
