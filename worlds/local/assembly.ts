import { assertOptions, type LocalWorldOptions } from "./options.ts";
import { Teardown } from "./teardown.ts";

/** Puts a world together, a part at a time, and says for each how it is ended. */
export type Assemble<World> = (options: LocalWorldOptions, teardown: Teardown, haste: AbortSignal) => Promise<World>;

/**
 * Puts a world together, or leaves nothing of it: when a part fails, or the run is aborted, what was begun is ended.
 *
 * @throws whatever the assembly threw; UsageError when the options name what does not exist.
 */
export async function assembled<World>(options: LocalWorldOptions, assemble: Assemble<World>): Promise<World> {
  assertOptions(options);
  const failed = new AbortController();
  const haste = AbortSignal.any([options.signal, failed.signal]);
  haste.throwIfAborted();
  const teardown = new Teardown(options.progress);
  // Whoever waits for the world, or closes it, hears what went wrong.
  haste.addEventListener("abort", () => void teardown.run().catch(() => undefined));
  try {
    return await assemble(options, teardown, haste);
  } catch (thrown) {
    failed.abort();
    // What else could not be ended matters less than why.
    await teardown.run().catch(() => undefined);
    options.signal.throwIfAborted();
    throw thrown;
  }
}
