export * from "./conditions.ts";
export type { PortCall } from "./options.ts";
export { simulatedVersions } from "./servers/make-servers.ts";
export * from "./sim-world.ts";
export * from "./witness/memory-history.ts";
export * from "./trusted-libraries.ts";
