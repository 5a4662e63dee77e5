export * from "./conditions.ts";
export type { LogLine, RingLog } from "./drivers/ring-log.ts";
export type { PortCall, SimWorldOptions } from "./options.ts";
export { simulatedVersions } from "./servers/make-servers.ts";
export * from "./sim-world.ts";
export * from "./witness/memory-history.ts";
export * from "./trusted-libraries.ts";
