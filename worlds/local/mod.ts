export { bootLocalWorld, type LocalWorld } from "./local-world.ts";
export type { LocalWorldOptions } from "./options.ts";
export type { WorkOrder } from "./inside/work.ts";
export { findBinary, ownBinaryFolder } from "./servers/find-binary.ts";
export { versionOf } from "./servers/version.ts";
