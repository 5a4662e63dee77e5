export type * from "./definition.ts";
export type * from "./run.ts";
export { advanceRun } from "./advance-run.ts";
export { beginRun } from "./begin-run.ts";
export { parseDefinition } from "./parse-definition.ts";
export { isEnded, jobsUnderWay, nextWakeOf, openApprovals } from "./run-queries.ts";
