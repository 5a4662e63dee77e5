import type { ReplyValue } from "./raw-reply.ts";

/** Whether two replies say the same, apart from what Redis leaves open: the order of sets, chance and time. */
export function saysTheSame(words: readonly string[], real: ReplyValue, ours: ReplyValue): boolean {
  const name = (words[0] ?? "").toUpperCase();
  if (isTime.test(name)) return isNear(real, ours);
  const normalise = normalisers[name] ?? (isScriptOver(words, "HGETALL") ? pairsInAnyOrder : asItIs);
  return JSON.stringify(normalise(real)) === JSON.stringify(normalise(ours));
}

type Normalise = (value: ReplyValue) => unknown;

const asItIs: Normalise = (value) => value;
const inAnyOrder: Normalise = (value) => sorted(itemsOf(value));
const pairsInAnyOrder: Normalise = (value) => {
  const items = itemsOf(value);
  return items && sorted(items.flatMap((_, index) => (index % 2 === 0 ? [items.slice(index, index + 2)] : [])));
};
/** Of a random pick: what kind, and how many. */
const onlyShape: Normalise = (value) =>
  value.kind === "*" ? (value.items?.map(onlyShape) ?? null) : value.kind === "-" ? value : value.text === null;
const page =
  (normalise: Normalise): Normalise =>
  (value) => {
    const [cursor, items] = itemsOf(value) ?? [];
    return items ? [cursor, normalise(items)] : value;
  };
/** Without the number of the connection. */
const withoutId: Normalise = (value) => itemsOf(value)?.filter((_, index) => index !== 7) ?? value;

const normalisers: Readonly<Record<string, Normalise>> = {
  ...Object.fromEntries(
    ["SMEMBERS", "SINTER", "SUNION", "SDIFF", "SPOP", "KEYS", "HKEYS", "HVALS", "PUBSUB"].map((name) => [
      name,
      inAnyOrder,
    ]),
  ),
  HGETALL: pairsInAnyOrder,
  ...{ SCAN: page(inAnyOrder), SSCAN: page(inAnyOrder), HSCAN: page(pairsInAnyOrder), ZSCAN: page(pairsInAnyOrder) },
  ...{ RANDOMKEY: onlyShape, SRANDMEMBER: onlyShape, HRANDFIELD: onlyShape, ZRANDMEMBER: onlyShape },
  HELLO: withoutId,
};

const isTime = /^P?(?:TTL|EXPIRETIME)$/;
/** In whichever unit: what a slow machine may need between the two servers. */
const nearEnough = 20_000;

function isNear(real: ReplyValue, ours: ReplyValue): boolean {
  if (real.kind !== ":" || ours.kind !== ":") return JSON.stringify(real) === JSON.stringify(ours);
  const [one, other] = [Number(real.text), Number(ours.text)];
  return Math.sign(one) === Math.sign(other) && Math.abs(one - other) <= nearEnough;
}

function isScriptOver([name = "", text = ""]: readonly string[], command: string): boolean {
  return /^EVAL/i.test(name) && text.includes(command);
}

function itemsOf(value: ReplyValue): readonly ReplyValue[] | undefined {
  return value.kind === "*" ? (value.items ?? undefined) : undefined;
}

function sorted(items: readonly unknown[] | undefined): unknown {
  return items?.map((item) => JSON.stringify(item)).toSorted();
}
