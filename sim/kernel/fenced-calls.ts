import childProcess from "node:child_process";
import crypto from "node:crypto";
import dgram from "node:dgram";
import dns from "node:dns";
import fs from "node:fs";
import http from "node:http";
import https from "node:https";
import net from "node:net";
import timers from "node:timers";
import timersPromises from "node:timers/promises";
import tls from "node:tls";
import workerThreads from "node:worker_threads";
import zlib from "node:zlib";

/** Something that code of a realm must not call. */
export interface FencedCall {
  /** The object that has it as a property of its own. */
  readonly owner: object;
  readonly key: string;
  /** As a reader would write it. */
  readonly name: string;
  /** What to do instead. */
  readonly instead: string;
  /** Some ways of calling it do no harm. */
  readonly harmlessWhen?: (how: "call" | "new", args: readonly unknown[]) => boolean;
}

const takeClock = "take the Clock";
const takeRandom = "take the Random";
const takeDriver = "take a driver";

/** Everything that is fenced in, by name. */
export function fencedCalls(): FencedCall[] {
  return [...clocks(), ...chance(), ...sockets(), ...processes(), ...asynchronousWork()];
}

function clocks(): FencedCall[] {
  const global = calls(globalThis, "", ["setTimeout", "setInterval", "setImmediate"], takeClock);
  return [
    ...global,
    ...calls(timers, "timers.", ["setTimeout", "setInterval", "setImmediate"], takeClock),
    ...calls(timersPromises, "timers/promises.", ["setTimeout", "setInterval", "setImmediate"], takeClock),
    ...calls(Object.getPrototypeOf(timersPromises.scheduler) as object, "scheduler.", ["wait", "yield"], takeClock),
    ...calls(AbortSignal, "AbortSignal.", ["timeout"], takeClock),
    ...calls(Date, "Date.", ["now"], takeClock),
    ...calls(Object.getPrototypeOf(performance) as object, "performance.", ["now", "timeOrigin"], takeClock),
    ...calls(process, "process.", ["hrtime", "uptime", "cpuUsage"], takeClock),
    ...calls(process.hrtime, "process.hrtime.", ["bigint"], takeClock),
    // A date that is made of a number is no clock.
    {
      owner: globalThis,
      key: "Date",
      name: "new Date()",
      instead: takeClock,
      harmlessWhen: (how, args) => how === "new" && args.length > 0,
    },
  ];
}

function chance(): FencedCall[] {
  const web = Object.getPrototypeOf(crypto.webcrypto) as object;
  return [
    ...calls(Math, "Math.", ["random"], takeRandom),
    ...calls(web, "crypto.", ["randomUUID", "getRandomValues"], takeRandom),
    ...calls(crypto, "crypto.", ["randomUUID", "randomInt", "randomBytes"], takeRandom),
    ...calls(crypto, "crypto.", ["randomFill", "randomFillSync"], takeRandom),
  ];
}

function sockets(): FencedCall[] {
  const lookups = ["lookup", "resolve", "resolve4", "resolve6"];
  return [
    ...calls(globalThis, "", ["fetch", "WebSocket"].concat(presentOf("EventSource")), takeDriver),
    ...calls(net, "net.", ["connect", "createConnection", "createServer"], takeDriver),
    // Whatever makes a socket or a server comes past here.
    ...calls(net.Socket.prototype, "net.Socket.", ["connect"], takeDriver),
    ...calls(net.Server.prototype, "net.Server.", ["listen"], takeDriver),
    ...calls(tls, "tls.", ["connect"], takeDriver),
    ...calls(http, "http.", ["request", "get"], takeDriver),
    ...calls(https, "https.", ["request", "get"], takeDriver),
    ...calls(dgram, "dgram.", ["createSocket"], takeDriver),
    ...calls(dns, "dns.", lookups, takeDriver),
    ...calls(dns.promises, "dns.promises.", lookups, takeDriver),
  ];
}

function processes(): FencedCall[] {
  const names = ["spawn", "spawnSync", "exec", "execSync", "execFile", "execFileSync", "fork"];
  return [
    ...calls(childProcess, "child_process.", names, "a simulated replica has no processes"),
    ...calls(process, "process.", ["exit", "kill", "abort"], "end the realm"),
  ];
}

/** What another thread does is done at no certain moment. */
function asynchronousWork(): FencedCall[] {
  const outside = "wait for it outside of the simulation";
  const subtle = Object.getPrototypeOf(crypto.webcrypto.subtle) as object;
  const streams = ["createReadStream", "createWriteStream", "watch", "watchFile"];
  return [
    ...calls(fs, "fs.", [...asynchronousOf(fs), ...streams], outside),
    ...calls(fs.promises, "fs.promises.", functionsOf(fs.promises), outside),
    ...calls(zlib, "zlib.", asynchronousOf(zlib), outside),
    ...threads(outside),
    ...calls(
      subtle,
      "crypto.subtle.",
      functionsOf(subtle).filter((key) => key !== "constructor"),
      outside,
    ),
    ...calls(
      crypto,
      "crypto.",
      asynchronousOf(crypto).filter((key) => !key.startsWith("random")),
      outside,
    ),
  ];
}

/** What arrives over a channel comes between any two events. */
function threads(instead: string): FencedCall[] {
  const channels = ["MessageChannel", "BroadcastChannel"];
  return [
    ...calls(globalThis, "", channels, instead),
    ...calls(workerThreads, "worker_threads.", ["Worker", ...channels], instead),
  ];
}

/** A global that Node has only when it is started with a flag. */
function presentOf(key: string): string[] {
  return key in globalThis ? [key] : [];
}

/** Functions that have a twin that is synchronous. */
function asynchronousOf(module: object): string[] {
  const names = new Set(functionsOf(module));
  return [...names].filter((name) => names.has(`${name}Sync`));
}

function functionsOf(module: object): string[] {
  return Object.entries(Object.getOwnPropertyDescriptors(module))
    .filter(([, { value }]) => typeof value === "function")
    .map(([name]) => name);
}

function calls(owner: object, prefix: string, keys: readonly string[], instead: string): FencedCall[] {
  return keys.map((key) => ({ owner, key, name: `${prefix}${key}`, instead }));
}
