export * from "./cluster.ts";
export * from "./election.ts";
export * from "./engine.ts";
export * from "./server.ts";
export * from "./tcp.ts";
export * from "./wire-client.ts";
