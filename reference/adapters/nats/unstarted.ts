import type { Metrics } from "../../ports/mod.ts";
import { answer } from "./answers.ts";
import type { NatsMsg } from "./nats-client.ts";

/**
 * What a stopping consumption does with the messages that it holds and has not started: `hand-back` gives them to
 * the other replicas at once; `acknowledge` is what the seed's scheduler does, and loses them.
 */
export type Unstarted = "hand-back" | "acknowledge";

/** How one unstarted message leaves. */
export type Release = (message: NatsMsg) => void;

/** The way out that a setting names. */
export function releaseOf(unstarted: Unstarted, metrics: Metrics, subject: string): Release {
  switch (unstarted) {
    case "hand-back":
      return (message) => {
        answer(message, { later: 0 });
        metrics.count("handedBack", { subject });
      };
    case "acknowledge":
      return (message) => answer(message, "done");
  }
}
