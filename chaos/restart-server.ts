import { ms, UsageError, type Duration, type ServerName } from "../core/mod.ts";
import type { Fault } from "./fault.ts";
import { serverFault } from "./server-fault.ts";

/** How a server is restarted. */
export interface RestartServerOptions {
  /** Until it listens again. @defaultValue "500ms" */
  readonly down?: Duration;
  /**
   * Whether Redis has all its data again, as with an append-only file, or none. NATS always keeps its streams, and
   * forgets what its consumers had acknowledged in the last moments. @defaultValue true
   */
  readonly keepsData?: boolean;
}

/**
 * The server is killed, and starts again by itself: `restartServer("nats")`. Only in a simulated world.
 *
 * Heal waits until it is back.
 *
 * @throws UsageError for a NATS that is not to keep its streams
 */
export function restartServer(
  server: ServerName,
  { down = "500ms", keepsData = true }: RestartServerOptions = {},
): Fault {
  const downMs = ms(down);
  if (server === "redis") return serverFault({ kind: "restartServer", server, downMs, keepsData }, { down, keepsData });
  if (!keepsData) throw new UsageError("NATS keeps its streams when it is restarted", "leave keepsData out");
  return serverFault({ kind: "restartServer", server, downMs }, { down });
}
