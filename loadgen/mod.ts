export * from "./arrivals.ts";
export * from "./await-outcomes.ts";
export * from "./load.ts";
export * from "./probes.ts";
export * from "./read-jobs.ts";
export * from "./readers.ts";
export * from "./run-loads.ts";
export * from "./shapes.ts";
