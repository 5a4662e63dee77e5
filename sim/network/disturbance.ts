import type { Disturbance } from "../../core/mod.ts";

/** What can go wrong on a simulated link: what can in every world, and what only a simulator can do. */
export type NetworkDisturbance =
  | Disturbance
  /**
   * No packet passes, in one direction or in both. Nobody is told; connections stay, and new ones open only after it.
   * Healed, what TCP still has comes with its next retransmission. `there` is what goes to the end that takes
   * connections.
   */
  | { readonly kind: "partition"; readonly way: "there" | "back" | "both" }
  /** So many of the packets are lost, in both directions: on a connection they come later, datagrams never do. */
  | { readonly kind: "lose"; readonly share: number };
