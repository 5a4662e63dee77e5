import { beforeAll, afterAll, describe, expect, test } from "vitest";

import { seededRandom, systemClock } from "../../core/mod.ts";
import { listenRedis } from "../../sim/redis/mod.ts";
import type { ListeningRedis } from "../../sim/redis/mod.ts";
import { useRedis } from "../servers.ts";
import { engineArm, serverArm, Wire, type Arm } from "./redis/arms.ts";
import { compare } from "./redis/compare.ts";
import { differences } from "./redis/differences.ts";
import { explore } from "./redis/explore.ts";
import { onceDifferent } from "./redis/once-different.ts";
import { valueOf, type ReplyValue } from "./redis/raw-reply.ts";
import { transcripts, type Transcript } from "./redis/transcripts.ts";

const real = useRedis();
const commands = Number(process.env["SEATRIAL_CONFORMANCE"] ?? 5_000);
const seed = Number(process.env["SEATRIAL_CONFORMANCE_SEED"] ?? 1);

let server: Arm;
let embedded: ListeningRedis;
const engine = engineArm();

beforeAll(async () => {
  server = await serverArm(real.server.port);
  embedded = await listenRedis({ host: "127.0.0.1", port: 0, clock: systemClock(), random: seededRandom(1) });
});
afterAll(async () => {
  server.close();
  await embedded.close();
});

test(`${commands} random commands are answered byte for byte as by Redis`, { timeout: 60_000 + commands }, async () => {
  const result = await explore(server, engine, { commands, seed, onProgress: () => undefined });
  expect(result.divergence).toBeUndefined();
  expect(result.commands).toBeGreaterThanOrEqual(commands);
});

test.each(onceDifferent.map((lines) => [lines.at(-1), lines] as const))(
  "%s is answered as by Redis",
  async (_, lines) => {
    const sequence = lines.map((line) => ({ connection: 0, words: line.split(" ") }));
    expect(await compare(server, engine, sequence)).toBeUndefined();
  },
);

describe("the comparison", () => {
  test("sees one byte that differs, and makes the sequence small", async () => {
    const broken: Arm = {
      ...engine,
      run: async (sequence) =>
        (await engine.run(sequence)).map((reply, at) => (sequence[at]?.words[0] === "ECHO" ? "+OK\r\n" : reply)),
    };
    const result = await explore(server, broken, { commands: 20_000, seed: 1, onProgress: () => undefined });
    expect(result.divergence).toMatch(/command:\n {2}\d> ECHO[^\n]*\n {2}Redis/);
  });

  test.each(differences.map((each) => [each.what, each] as const))("still accepts that %s", async (_, difference) => {
    const sequence = difference.shownBy.map((words) => ({ connection: 0, words }));
    await Promise.all([server.reset(), engine.reset()]);
    const [theirs = "", ours = ""] = [(await server.run(sequence)).at(-1), (await engine.run(sequence)).at(-1)];
    expect(ours).not.toBe(theirs);
    expect(difference.accepts(sequence.at(-1)?.words ?? [], theirs, ours)).toBe(true);
    expect(difference.accepts(["PING"], "+PONG\r\n", "+PANG\r\n")).toBe(false);
    expect(await compare(server, engine, sequence)).toBeUndefined();
  });
});

test("every command of Redis is known, with its arity, and where it writes and has its keys", async () => {
  const command = [{ connection: 0, words: ["COMMAND"] }];
  await Promise.all([server.reset(), engine.reset()]);
  const [theirs, ours] = [describedBy((await server.run(command))[0]), describedBy((await engine.run(command))[0])];
  const isWithin = (name: string): boolean => !ours.get(name.split("|")[0] ?? "")?.flags.includes("unsimulated");
  const wanted = [...theirs.keys()].filter((name) => !name.includes("|") || isWithin(name));
  expect([...ours.keys()].toSorted()).toEqual(wanted.toSorted());
  const simulated = [...ours].filter(([, { flags }]) => !flags.includes("unsimulated"));
  expect(simulated.length).toBeGreaterThan(160);
  const shared = (rows: ReadonlyMap<string, Described>): unknown[] =>
    simulated.map(([name]) => {
      const { arity, keys, flags } = rows.get(name)!;
      return [
        name,
        arity,
        ...keys,
        ...["write", "readonly", "noscript", "blocking"].filter((flag) => flags.includes(flag)),
      ];
    });
  expect(shared(ours)).toEqual(shared(theirs));
  const arities = (rows: ReadonlyMap<string, Described>): unknown[] =>
    [...ours.keys()].map((name) => rows.get(name)?.arity);
  expect(arities(ours)).toEqual(arities(theirs));
});

test.each(transcripts.map((each) => [each.name, each] as const))("over a socket: %s", async (_, transcript) => {
  await server.run([{ connection: 0, words: ["FLUSHALL"] }]);
  const [theirs, ours] = await Promise.all([answers(real.server.port, transcript), answers(embedded.port, transcript)]);
  expect(ours).toBe(theirs.replaceAll("*-1\r\n", "$-1\r\n"));
});

async function answers(port: number, { sends, until }: Transcript): Promise<string> {
  const wire = await Wire.connect(port);
  wire.write(sends);
  const text = await wire.readUntil(until);
  wire.close();
  return text;
}

interface Described {
  readonly arity: string | null;
  readonly flags: readonly (string | null)[];
  readonly keys: readonly (string | null)[];
}

/** The rows of a reply to COMMAND with those of the subcommands, by their names. */
function describedBy(reply = ""): Map<string, Described> {
  const rows = itemsOf(valueOf(reply)).map(itemsOf);
  return new Map(
    rows
      .flatMap((row) => [row, ...itemsOf(row[9]).map(itemsOf)])
      .map(([name, arity, flags, ...keys]) => [
        textOf(name) ?? "",
        { arity: textOf(arity), flags: itemsOf(flags).map(textOf), keys: keys.slice(0, 3).map(textOf) },
      ]),
  );
}

function itemsOf(value: ReplyValue | undefined): readonly ReplyValue[] {
  return value?.kind === "*" ? (value.items ?? []) : [];
}

function textOf(value: ReplyValue | undefined): string | null {
  return value === undefined || value.kind === "*" ? null : value.text;
}
