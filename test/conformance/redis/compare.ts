import type { Arm, Sent } from "./arms.ts";
import { differences } from "./differences.ts";
import { valueOf, type ReplyValue } from "./raw-reply.ts";
import { saysTheSame } from "./same.ts";

/** The first command that the two answered differently. */
export interface Divergence {
  readonly index: number;
  readonly words: readonly string[];
  readonly real: string;
  readonly ours: string;
}

/** Carries out a sequence on both from scratch. */
export async function compare(real: Arm, ours: Arm, commands: readonly Sent[]): Promise<Divergence | undefined> {
  await Promise.all([real.reset(), ours.reset()]);
  const [expected, given] = await Promise.all([real.run(commands), ours.run(commands)]);
  const transactions = new Map<number, (readonly string[])[]>();
  for (const [index, { connection, words }] of commands.entries()) {
    const queued = transactions.get(connection) ?? [];
    const [one, other] = [expected[index]!, given[index]!];
    if (!matches(words, one, other, queued)) return { index, words, real: one, ours: other };
    if (one === "+QUEUED\r\n") transactions.set(connection, [...queued, words]);
    else if (/^(?:exec|discard|reset)$/i.test(words[0] ?? "")) transactions.delete(connection);
  }
  return undefined;
}

function matches(
  words: readonly string[],
  real: string,
  ours: string,
  queued: readonly (readonly string[])[],
): boolean {
  if (real === ours || differences.some((each) => each.accepts(words, real, ours))) return true;
  const [one, other] = [valueOf(real), valueOf(ours)];
  if (/^exec$/i.test(words[0] ?? "") && isList(one) && isList(other)) {
    return (
      one.items.length === other.items.length && queued.every((each, at) => match(each, one.items[at], other.items[at]))
    );
  }
  return saysTheSame(words, one, other);
}

function match(words: readonly string[], real: ReplyValue | undefined, ours: ReplyValue | undefined): boolean {
  return real !== undefined && ours !== undefined && saysTheSame(words, withOneNull(real), withOneNull(ours));
}

/** Within a list a null array differs from a null bulk string as it does outside. */
function withOneNull(value: ReplyValue): ReplyValue {
  if (value.kind !== "*") return value;
  return value.items ? { kind: "*", items: value.items.map(withOneNull) } : { kind: "$", text: null };
}

function isList(value: ReplyValue): value is { readonly kind: "*"; readonly items: readonly ReplyValue[] } {
  return value.kind === "*" && value.items !== null;
}
