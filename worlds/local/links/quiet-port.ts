import { randomInt } from "node:crypto";
import { createServer } from "node:net";

/** Below what Linux (32,768), macOS and Windows (49,152) give to outgoing connections, and above most services. */
const [lowest, highest] = [20_000, 32_000] as const;
const tries = 100;

/**
 * A loopback port that was free a moment ago, and that the system gives to no outgoing connection: whoever closes it
 * for a while can have it back. Whoever binds it must be ready to lose the race and ask again.
 */
export async function quietPort(): Promise<number> {
  for (let attempt = 0; attempt < tries; attempt++) {
    const port = randomInt(lowest, highest);
    if (await isFree(port)) return port;
  }
  throw new Error(`of ${tries} ports between ${lowest} and ${highest} none is free`);
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once("error", () => resolve(false));
    probe.listen(port, "127.0.0.1", () => probe.close(() => resolve(true)));
  });
}
