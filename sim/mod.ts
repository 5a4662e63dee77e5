export * from "./bytes.ts";
export * from "./kernel/kernel.ts";
export * from "./kernel/realm-clock.ts";
export * from "./kernel/realm.ts";
export * from "./kernel/trace.ts";
export * from "./network/network.ts";
