const view = new DataView(new ArrayBuffer(8));

/** The bytes of a double, or of a float, with the most important one in front. */
export function floatBytes(value: number, size: 4 | 8): string {
  if (size === 4) view.setFloat32(0, value);
  else view.setFloat64(0, value);
  return String.fromCharCode(...new Uint8Array(view.buffer, 0, size));
}

/** The number of four or eight bytes. */
export function floatOf(bytes: string): number {
  for (let place = 0; place < bytes.length; place++) view.setUint8(place, bytes.charCodeAt(place));
  return bytes.length === 4 ? view.getFloat32(0) : view.getFloat64(0);
}

/** The lowest bytes of a whole number, the most important one in front. */
export function integerBytes(value: bigint, size: number): string {
  let bytes = "";
  for (let left = value; bytes.length < size; left >>= 8n) bytes = String.fromCharCode(Number(left & 255n)) + bytes;
  return bytes;
}

/** The whole number of bytes, the most important one in front. */
export function unsignedOf(bytes: string): bigint {
  let value = 0n;
  for (const byte of bytes) value = (value << 8n) | BigInt(byte.charCodeAt(0));
  return value;
}

/** As {@link unsignedOf}, where the highest bit is a sign. */
export function signedOf(bytes: string): bigint {
  return BigInt.asIntN(bytes.length * 8, unsignedOf(bytes));
}

/** The bytes from the last to the first. */
export function reversed(bytes: string): string {
  let result = "";
  for (let place = bytes.length - 1; place >= 0; place--) result += bytes.charAt(place);
  return result;
}

/** C's cast of a double to 64 bits without a sign, as x86 does it: what is far too large has none of them. */
export function unsignedBits(value: number): bigint {
  const whole = Math.trunc(value);
  if (whole >= -(2 ** 63) && whole < 2 ** 64) return BigInt.asUintN(64, BigInt(whole));
  return whole >= 2 ** 64 ? 0n : 2n ** 63n;
}
