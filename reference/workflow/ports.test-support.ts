import type { Runs } from "../ports/mod.ts";

/** The methods of a port, bound to it, so that a test can spread them and put another in the place of one. */
export function methodsOf<Port extends object>(port: Port): Port {
  const members = port as Record<string, unknown>;
  const names = [...Object.getOwnPropertyNames(Object.getPrototypeOf(port)), ...Object.keys(port)];
  const methods = names.filter((name) => typeof members[name] === "function" && name !== "constructor");
  return Object.fromEntries(methods.map((name) => [name, (members[name] as () => unknown).bind(port)])) as Port;
}

/** What an engine sees of the store that dies at this call: it throws, there and ever after. */
export function dyingAt(runs: Runs, at: keyof Runs, when: "before" | "after"): Runs {
  let dead = false;
  const die = (): never => {
    dead = true;
    throw new Error("killed");
  };
  const mortal = Object.entries(methodsOf(runs)).map(([name, method]) => [
    name,
    async (...args: unknown[]) => {
      if (dead || (name === at && when === "before")) die();
      const answer = await (method as (...all: unknown[]) => Promise<unknown>)(...args);
      return name === at ? die() : answer;
    },
  ]);
  return Object.fromEntries(mortal) as Runs;
}

/** Never answers. */
export function hang(): Promise<never> {
  return new Promise(() => {});
}
