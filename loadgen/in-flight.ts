/** Operations that have been started and have not ended. */
export interface InFlight {
  readonly size: number;
  /** One of them threw. What ends well or badly at the plane does not throw; a full disk or a bug does. */
  readonly failed: boolean;
  start(operation: Promise<void>): void;
  /** Resolves when all have ended, or throws what the first that failed has thrown. */
  landed(): Promise<void>;
}

/** Nothing in flight yet. */
export function inFlight(): InFlight {
  const operations = new Set<Promise<void>>();
  const failures: unknown[] = [];
  return {
    get size() {
      return operations.size;
    },
    get failed() {
      return failures.length > 0;
    },
    start(operation) {
      const tracked = operation.catch((thrown) => void failures.push(thrown)).finally(() => operations.delete(tracked));
      operations.add(tracked);
    },
    async landed() {
      await Promise.all(operations);
      if (failures.length > 0) throw failures[0];
    },
  };
}
