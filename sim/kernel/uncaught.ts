const names = ["uncaughtException", "unhandledRejection"] as const;

/**
 * From now on, whatever nobody catches in this process goes to `handle`, and to nobody else.
 *
 * @returns how to put back those who listened before
 */
export function catchUncaught(handle: (thrown: unknown) => void): () => void {
  const before = names.map((name) => [name, process.rawListeners(name)] as const);
  for (const name of names) {
    process.removeAllListeners(name);
    process.on(name, handle);
  }
  return () => {
    for (const [name, listeners] of before) {
      process.removeListener(name, handle);
      for (const listener of listeners) process.on(name, listener as (thrown: unknown) => void);
    }
  };
}
