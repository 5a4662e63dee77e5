import type { Bus, Jobs, Redis } from "../../reference/ports/mod.ts";
import type { Intercept } from "../../reference/intercept.ts";
import type { TrapBoard } from "./trap-board.ts";

type Method = (...args: unknown[]) => unknown;

/**
 * Lets every call of every port pass the board, named `<port>.<method>`. Each delivery to a handler of the bus is a
 * call too: `bus.deliver:<subject>`; so is each script that Redis is sent, `redis.script:<name>`, and each change of a
 * job by the state that it leads to, `jobs.advance:<state>`.
 */
export function interceptWith(board: TrapBoard): Intercept {
  return (name, port) => guarded(name, { ...bound(port), ...finer(name, port, board) }, board) as typeof port;
}

/** Methods whose calls have names of their own besides the method's. */
function finer(name: string, port: object, board: TrapBoard): object {
  if (name === "bus") return deliveries(port as Bus, board);
  if (name === "jobs") return changes(port as Jobs, board);
  return name === "redis" ? scripts(port as Redis, board) : {};
}

function changes(jobs: Jobs, board: TrapBoard): Pick<Jobs, "advance"> {
  return {
    advance: (change) => board.pass(`jobs.advance:${change.path.at(-1) ?? ""}`, () => jobs.advance(change)),
  };
}

/** A plain object, so that whoever spreads a port to change one method of it keeps the others. */
function guarded(name: string, port: object, board: TrapBoard): object {
  const methods = Object.entries(bound(port)).map(([key, method]) => {
    const call = `${name}.${key}`;
    board.declare(call);
    return [key, (...args: unknown[]) => board.pass(call, () => method(...args))];
  });
  return Object.fromEntries(methods) as object;
}

/** Every method of an object or of its classes, bound to it. Ports have nothing but methods. */
function bound(port: object): Record<string, Method> {
  const members = port as Record<string, unknown>;
  const methods = methodNames(port).map((name) => [name, (members[name] as Method).bind(port)] as const);
  return Object.fromEntries(methods);
}

function methodNames(port: object): string[] {
  const names = new Set<string>();
  for (let level = port; level !== Object.prototype; level = Object.getPrototypeOf(level) as object) {
    for (const name of Object.getOwnPropertyNames(level)) names.add(name);
  }
  names.delete("constructor");
  return [...names].filter((name) => typeof (port as Record<string, unknown>)[name] === "function");
}

function scripts(redis: Redis, board: TrapBoard): Pick<Redis, "script"> {
  return {
    script: (script, keys, args) => board.pass(`redis.script:${script.name}`, () => redis.script(script, keys, args)),
  };
}

function deliveries(bus: Bus, board: TrapBoard): Pick<Bus, "consume"> {
  return {
    consume(options, handler) {
      const call = `bus.deliver:${options.subject}`;
      board.declare(call);
      return bus.consume(options, (delivery) => board.pass(call, () => handler(delivery)));
    },
  };
}
