export * from "./catalog.ts";
export * from "./scenario.ts";
