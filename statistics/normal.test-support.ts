import type { Random } from "../core/mod.ts";

/** Normally distributed values (Box and Muller 1958). */
export function normals(count: number, random: Random, deviation = 1): number[] {
  return Array.from({ length: count }, () => {
    const radius = Math.sqrt(-2 * Math.log(1 - random.next()));
    return deviation * radius * Math.cos(2 * Math.PI * random.next());
  });
}
