export * from "./engine.ts";
export * from "./reply.ts";
export * from "./replication-messages.ts";
export * from "./resp-parser.ts";
export * from "./resp.ts";
export * from "./server.ts";
export type { Snapshot } from "./snapshot.ts";
export * from "./tcp.ts";
