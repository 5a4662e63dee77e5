import type { Bytes } from "../../bytes.ts";
import type { Call } from "../call.ts";
import { command, reads, readsAny, type Command } from "../command.ts";
import { formatFloat } from "../floats.ts";
import type { Reply } from "../reply.ts";
import { cursorOf, pageOf, scanOptionsOf } from "../scan.ts";
import { typeOf } from "../values.ts";

/** Iterations that end no matter what is written meanwhile. */
export const scanCommands: readonly Command[] = [
  command("scan", -2, readsAny, ([, cursor, ...words], call) => scanKeys(call, cursorOf(cursor), words)),
  command("sscan", -3, reads, ([, key, cursor, ...words], { db }) => {
    const start = cursorOf(cursor);
    const members = db.members(key);
    if (!members) return nothing;
    const items = [...members].map((member) => [member]);
    return scan(items, { start, words, isCompact: isIntset(members) });
  }),
  command("hscan", -3, reads, ([, key, cursor, ...words], { db }) => {
    const start = cursorOf(cursor);
    const hash = db.hash(key);
    return hash ? scan([...hash], { start, words, isCompact: isListpack([...hash].flat()) }) : nothing;
  }),
  command("zscan", -3, reads, ([, key, cursor, ...words], { db }) => {
    const start = cursorOf(cursor);
    const entries = db.sorted(key)?.slice();
    if (!entries) return nothing;
    const isCompact = isListpack(entries.map(({ member }) => member));
    const items = entries.map(({ member, score }) => [member, isCompact ? compactScore(score) : formatFloat(score)]);
    return scan(items, { start, words, isCompact });
  }),
];

const nothing: Reply = ["0", []];

interface Step {
  readonly start: number;
  readonly words: readonly Bytes[];
  /** What Redis keeps in one piece of memory it also gives in one step. */
  readonly isCompact: boolean;
}

function scan(items: readonly (readonly Bytes[])[], { start, words, isCompact }: Step): Reply {
  const { count, matches } = scanOptionsOf(words, false);
  const nameOf = ([name = ""]: readonly Bytes[]): Bytes => name;
  const page = isCompact ? { cursor: 0, items } : pageOf(items, { cursor: start, count, nameOf });
  return [String(page.cursor), page.items.filter((item) => matches(nameOf(item))).flat()];
}

function scanKeys({ db }: Call, cursor: number, words: readonly Bytes[]): Reply {
  const { count, matches, type } = scanOptionsOf(words, true);
  const page = pageOf(db.keys(), { cursor, count, nameOf: (key) => key });
  const holds = (key: Bytes): boolean => type === undefined || typeOf(db.get(key) ?? "") === type;
  return [String(page.cursor), page.items.filter((key) => matches(key) && holds(key))];
}

/** In its compact form a sorted set keeps whole scores as integers, and a scan shows them as they are kept. */
function compactScore(score: number): Bytes {
  return Number.isInteger(score) && Math.abs(score) <= 2 ** 62 ? String(BigInt(score)) : formatFloat(score);
}

/** `set-max-intset-entries` */
function isIntset(members: ReadonlySet<Bytes>): boolean {
  return members.size <= 512 && [...members].every((member) => /^(?:0|-?[1-9]\d{0,17})$/.test(member));
}

/** `hash-max-listpack-entries` and `-value`; those of sorted sets are the same. */
function isListpack(texts: readonly Bytes[]): boolean {
  return texts.length <= 256 && texts.every(({ length }) => length <= 64);
}
