type Listener = Parameters<AbortSignal["addEventListener"]>[1];

/**
 * From now on, follows who listens to abort signals in a simulation.
 *
 * Node keeps a signal that was made of others for as long as somebody listens to it. In a process that is killed, or
 * that ends, that does not matter; a realm that dies leaves its listeners behind, and a process that runs one
 * simulation after the other would keep all of them, with everything that they know.
 *
 * @param isActing - whether the code that runs at this instruction belongs to the simulation
 * @returns how to end that: whoever still listens then never hears of anything again
 */
export function followAbortListeners(isActing: () => boolean): () => void {
  const followed = new Map<AbortSignal, Set<Listener>>();
  const { prototype } = AbortSignal;
  const [add, remove] = [methodOf("addEventListener"), methodOf("removeEventListener")];
  replace("addEventListener", function follow(this: AbortSignal, ...args) {
    if (isActing() && args[0] === "abort") listenersOf(followed, this).add(args[1]);
    return Reflect.apply(add, this, args);
  });
  replace("removeEventListener", function unfollow(this: AbortSignal, ...args) {
    const listeners = followed.get(this);
    if (listeners?.delete(args[1]) && listeners.size === 0) followed.delete(this);
    return Reflect.apply(remove, this, args);
  });
  return () => {
    Reflect.deleteProperty(prototype, "addEventListener");
    Reflect.deleteProperty(prototype, "removeEventListener");
    for (const [signal, listeners] of followed) {
      for (const listener of listeners) signal.removeEventListener("abort", listener);
    }
  };
}

type Method = (this: AbortSignal, ...args: [type: string, listener: Listener, ...options: unknown[]]) => unknown;

/** What signals inherit from `EventTarget`. */
function methodOf(name: "addEventListener" | "removeEventListener"): Method {
  return Reflect.get(EventTarget.prototype, name) as Method;
}

function replace(name: string, value: Method): void {
  Object.defineProperty(AbortSignal.prototype, name, { value, configurable: true, writable: true });
}

function listenersOf(followed: Map<AbortSignal, Set<Listener>>, signal: AbortSignal): Set<Listener> {
  const known = followed.get(signal);
  if (known) return known;
  const listeners = new Set<Listener>();
  followed.set(signal, listeners);
  return listeners;
}
