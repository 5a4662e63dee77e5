/**
 * Stirs a number into a 32-bit hash: the mixing step of MurmurHash3 (Austin Appleby).
 */
export function mix(hash: number, value: number): number {
  let k = Math.imul(value, 0xcc9e2d51);
  k = (k << 15) | (k >>> 17);
  const h = hash ^ Math.imul(k, 0x1b873593);
  return (Math.imul((h << 13) | (h >>> 19), 5) + 0xe6546b64) | 0;
}

/** Stirs a text in, character by character, and its length. */
export function mixText(hash: number, text: string): number {
  let h = hash;
  const { length } = text;
  for (let index = 0; index < length; index++) h = Math.imul(h ^ text.charCodeAt(index), 0x01000193);
  return mix(h, length);
}

/** Stirs a moment in, to the nanosecond. */
export function mixMoment(hash: number, atMs: number): number {
  const whole = Math.floor(atMs);
  return mix(mix(hash, whole), Math.round((atMs - whole) * 1e6));
}
