import type { Trap } from "../../core/mod.ts";

/** What the harness asks of a replica over its IPC channel. Each is answered. */
export type ReplicaRequest =
  | { readonly kind: "set-trap"; readonly request: number; readonly id: number; readonly trap: Trap }
  | { readonly kind: "remove-trap"; readonly request: number; readonly id: number };

/** What a replica tells the harness. */
export type ReplicaReport =
  | { readonly kind: "ready"; readonly url: string }
  /** `refusal` says in a sentence why the request makes no sense. */
  | { readonly kind: "answer"; readonly request: number; readonly refusal?: string }
  | { readonly kind: "sprung"; readonly id: number; readonly action: Trap["action"] };

/** The environment variables that tell a replica's process about its harness. */
export const harnessVariables = {
  originNs: "SEATRIAL_ORIGIN_NS",
  witnessFile: "SEATRIAL_WITNESS_FILE",
  without: "SEATRIAL_WITHOUT",
  sink: "SEATRIAL_SINK",
} as const;
