import { syncBuiltinESMExports } from "node:module";

import { SeatrialError } from "../../core/mod.ts";
import { fencedCalls, type FencedCall } from "./fenced-calls.ts";
import type { Realm } from "./realm.ts";

/** A library that may call what code of a realm must not. */
export interface TrustedLibrary {
  /** Its folder in `node_modules`. */
  readonly name: string;
  /** Nothing that it does may depend on what these give, but for what is simulated. */
  readonly mayCall: readonly string[];
}

/** Who keeps the fence of a run. */
export interface FenceKeeper {
  readonly trusted: readonly TrustedLibrary[];
  /** Whose code runs at this instruction. */
  current(): Realm | undefined;
  /** Runs code in a realm, as an event of its own, at this moment of virtual time. */
  enter(realm: Realm, what: string, run: () => void): void;
  /** Somebody has called what he must not. */
  stop(error: SeatrialError): void;
}

type Callable = (this: unknown, ...args: unknown[]) => unknown;

interface Post extends FencedCall {
  readonly original: PropertyDescriptor;
  readonly guarded: PropertyDescriptor;
}

let keeper: FenceKeeper | undefined;
/** Made once in a process: it is the same for each run. */
let posts: readonly Post[] | undefined;

/**
 * What trusted libraries get in the place of the real thing.
 *
 * A real immediate would come after other events, and how many of them would be left to chance.
 */
const stands: Readonly<Record<string, (realm: Realm, args: readonly unknown[]) => unknown>> = {
  "Date.now": ({ clock }) => clock.unixMs(),
  "performance.now": ({ clock }) => clock.now(),
  setImmediate(realm, [run, ...args]) {
    if (typeof run !== "function") throw new TypeError("setImmediate takes a function");
    keeper?.enter(realm, "immediate", () => void Reflect.apply(run, undefined, args));
    return {};
  },
};

/**
 * From now on, code of a realm that calls the real clock, real timers, real chance, or anything that happens outside
 * of the process is stopped by an error that names the call. All other code calls them as before.
 *
 * @returns how to take the fence away: everything is then as it was
 */
export function raiseFence(by: FenceKeeper): () => void {
  posts ??= fencedCalls().flatMap(postOf);
  keeper = by;
  for (const { owner, key, guarded } of posts) Object.defineProperty(owner, key, guarded);
  syncBuiltinESMExports();
  return lowerFence;
}

function lowerFence(): void {
  keeper = undefined;
  for (const { owner, key, original } of posts ?? []) Object.defineProperty(owner, key, original);
  syncBuiltinESMExports();
}

function postOf(call: FencedCall): Post[] {
  const own = Object.getOwnPropertyDescriptor(call.owner, call.key);
  // Of a property that is computed, reading is what must not be.
  const part = own && "get" in own ? "get" : "value";
  const real: unknown = own?.[part];
  if (!own || typeof real !== "function") throw new Error(`there is no ${call.name} to fence in`);
  return [{ ...call, original: own, guarded: { ...own, [part]: guard(real as Callable, call) } }];
}

/** The same function, with the same properties, that asks first. */
function guard(original: Callable, call: FencedCall): Callable {
  const apply = (target: Callable, self: unknown, args: unknown[]): unknown => {
    const realm = call.harmlessWhen?.("call", args) ? undefined : keeper?.current();
    if (!realm) return Reflect.apply(target, self, args);
    const simulated = stands[call.name];
    return passes(realm, call, apply) && simulated ? simulated(realm, args) : Reflect.apply(target, self, args);
  };
  const construct = (target: Callable, args: unknown[], newTarget: Function): object => {
    const realm = call.harmlessWhen?.("new", args) ? undefined : keeper?.current();
    if (realm) passes(realm, call, construct);
    return Reflect.construct(target, args, newTarget) as object;
  };
  return new Proxy(original, { apply, construct });
}

/**
 * Whether a trusted library calls; it is Node itself otherwise.
 *
 * @throws SeatrialError `simulation_fence` when it is neither
 */
function passes(realm: Realm, { name, instead }: FencedCall, trap: Function): boolean {
  const caller = callerOf(trap);
  // It sets an immediate when it has told somebody of an exception that nobody caught, for one.
  if (caller.includes("node:internal/")) return false;
  if (keeper?.trusted.some((library) => library.mayCall.includes(name) && isWithin(library, caller))) return true;
  const error = new SeatrialError("simulation_fence", `${realm.name} called ${name}: ${instead}`, {
    hint: "a replica reaches time, chance and the outside through its environment alone",
  });
  keeper?.stop(error);
  throw error;
}

function isWithin({ name }: TrustedLibrary, caller: string): boolean {
  return caller.includes(`/node_modules/${name}/`);
}

/** The line of the stack about whoever called a guarded function: it alone, since a whole stack takes twice as long. */
function callerOf(trap: Function): string {
  const { stackTraceLimit } = Error;
  const here: { stack?: string } = {};
  Error.stackTraceLimit = 1;
  Error.captureStackTrace(here, trap);
  const line = here.stack ?? "";
  Error.stackTraceLimit = stackTraceLimit;
  return line;
}
