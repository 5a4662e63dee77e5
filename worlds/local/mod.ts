export { bootLocalWorld, type LocalWorld } from "./local-world.ts";
export { startReaper } from "./start-reaper.ts";
export { findBinary, ownBinaryFolder } from "./servers/find-binary.ts";
export { versionOf } from "./servers/version.ts";
