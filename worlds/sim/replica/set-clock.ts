import type { Random } from "../../../core/mod.ts";
import type { Realm } from "../../../sim/mod.ts";
import type { SimConditions } from "../conditions.ts";

/** Sets a machine's clock as wrong as the conditions have it: the same way in every life of its replica. */
export function setClock({ clock }: Realm, { skewMaxMs, driftMax }: SimConditions, random: Random): void {
  const eitherWay = (most: number): number => (2 * random.next() - 1) * most;
  if (skewMaxMs > 0) clock.jump(eitherWay(skewMaxMs));
  if (driftMax > 0) clock.drift(1 + eitherWay(driftMax));
}
