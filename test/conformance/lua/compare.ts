import fc from "fast-check";

import { evaluation, type ScriptArm } from "./arms.ts";
import { programs } from "./programs.ts";

/** A script that the two answered differently. */
export interface Difference {
  readonly script: string;
  readonly redis: string;
  readonly engine: string;
}

/** Runs the scripts on both, in the same order. */
export async function differencesOf(
  server: ScriptArm,
  engine: ScriptArm,
  scripts: readonly string[],
): Promise<readonly Difference[]> {
  const commands = scripts.map(evaluation);
  const [theirs, ours] = await Promise.all([server.send(commands), engine.send(commands)]);
  return scripts.flatMap((script, at) => {
    const [redis = "", own = ""] = [theirs[at], ours[at]];
    return redis === own ? [] : [{ script, redis, engine: own }];
  });
}

/** How many scripts are sent at once. */
const batch = 20;

/**
 * Runs at least so many random scripts on both, and makes the first difference as small as it gets.
 *
 * The sign of a NaN does not count here: see the accepted differences. Nor do addresses.
 */
export async function explore(
  server: ScriptArm,
  engine: ScriptArm,
  { scripts, seed }: { readonly scripts: number; readonly seed: number },
): Promise<readonly Difference[]> {
  let found: readonly Difference[] = [];
  const property = fc.asyncProperty(fc.array(programs, { minLength: batch, maxLength: batch }), async (some) => {
    const differences = await differencesOf(server, engine, some);
    const real = differences.filter(({ redis, engine: own }) => comparable(redis) !== comparable(own));
    if (real.length === 0) return true;
    found = real;
    return false;
  });
  await fc.check(property, { numRuns: Math.ceil(scripts / batch), seed });
  return found;
}

/** A NaN's sign also makes its text longer by one byte. */
function comparable(reply: string): string {
  const withoutSigns = reply.replaceAll("-nan", "nan").replaceAll(/\$\d+\r\n(?=[^\r]*nan)/g, "$\r\n");
  return withoutSigns.replaceAll(/0x[0-9a-f]{8,}/gi, "0x");
}
