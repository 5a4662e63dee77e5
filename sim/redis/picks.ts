import type { Random } from "../../core/mod.ts";
import { Refusal } from "./refusal.ts";

/** Redis would go on for as long as its memory lasts. */
const picksMax = 1_000_000;

/**
 * Items by chance: none twice for a positive count, each independently for a negative one.
 *
 * @throws Refusal for more than a million repeated picks
 */
export function picksOf<Item>(items: readonly Item[], count: number, random: Random): Item[] {
  if (items.length === 0) return [];
  if (count >= items.length) return [...items];
  return count < 0 ? repeated(items, -count, random) : distinct(items, count, random);
}

function repeated<Item>(items: readonly Item[], count: number, random: Random): Item[] {
  if (count > picksMax) throw new Refusal(`ERR seatrial: ${count} random picks are more than ${picksMax}`);
  return Array.from({ length: count }, () => items[random.int(items.length)]!);
}

/** The first few of a shuffle by Fisher and Yates. */
function distinct<Item>(items: readonly Item[], count: number, random: Random): Item[] {
  const rest = [...items];
  return Array.from({ length: count }, (_, index) => {
    const chosen = index + random.int(rest.length - index);
    [rest[index], rest[chosen]] = [rest[chosen]!, rest[index]!];
    return rest[index];
  });
}
