import { syncBuiltinESMExports } from "node:module";

import { SeatrialError } from "../../core/mod.ts";
import { fencedCalls, type FencedCall } from "./fenced-calls.ts";
import type { Realm } from "./realm.ts";

/** A library that may call what code of a realm must not. */
export interface TrustedLibrary {
  /** Its folder in `node_modules`. */
  readonly name: string;
  /** Nothing that it does may depend on what these give. Its `setImmediate` is an event of the realm. */
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

/** This file's own: `callerOf`, `passes`, and the guard. */
const guardFrames = 3;

let keeper: FenceKeeper | undefined;
/** Made once in a process: it is the same for each run. */
let posts: readonly Post[] | undefined;

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
  if (typeof own?.value !== "function") throw new Error(`there is no ${call.name} to fence in`);
  const value = guard(own.value as Callable, call);
  return [{ ...call, original: own, guarded: { ...own, value } }];
}

/** The same function, with the same properties, that asks first. */
function guard(original: Callable, call: FencedCall): Callable {
  return new Proxy(original, {
    apply(target, self, args: unknown[]) {
      const realm = call.harmlessWhen?.("call", args) ? undefined : keeper?.current();
      if (realm && passes(realm, call) && call.name === "setImmediate") return enterLater(realm, args);
      return Reflect.apply(target, self, args);
    },
    construct(target, args: unknown[], newTarget) {
      const realm = call.harmlessWhen?.("new", args) ? undefined : keeper?.current();
      if (realm) passes(realm, call);
      return Reflect.construct(target, args, newTarget) as object;
    },
  });
}

/**
 * Whether a trusted library calls; it is Node itself otherwise.
 *
 * @throws SeatrialError `simulation_fence` when it is neither
 */
function passes(realm: Realm, { name, instead }: FencedCall): boolean {
  const caller = callerOf();
  // It sets an immediate when it has told somebody of an exception that nobody caught, for one.
  if (caller.includes("node:internal/")) return false;
  const isTrusted = keeper?.trusted.some(
    (one) => caller.includes(`/node_modules/${one.name}/`) && one.mayCall.includes(name),
  );
  if (isTrusted) return true;
  const error = new SeatrialError("simulation_fence", `${realm.name} called ${name}: ${instead}`, {
    hint: "a replica reaches time, chance and the outside through its environment alone",
  });
  keeper?.stop(error);
  throw error;
}

/** A real immediate would come after other events, and how many of them would be left to chance. */
function enterLater(realm: Realm, [run, ...args]: readonly unknown[]): object {
  if (typeof run !== "function") throw new TypeError("setImmediate takes a function");
  keeper?.enter(realm, "immediate", () => void Reflect.apply(run, undefined, args));
  return {};
}

/** The line of the stack that is about whoever called a guarded function. */
function callerOf(): string {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = guardFrames + 1;
  const frames = new Error("who is there").stack?.split("\n") ?? [];
  Error.stackTraceLimit = stackTraceLimit;
  return frames[guardFrames + 1] ?? "";
}
