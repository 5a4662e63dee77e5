/** The addresses that objects have been given in this run. */
let addresses = new WeakMap<object, number>();
let given = 0;

/**
 * An object's address, as far as a script can see one: `tostring` shows it, and tables order their keys by it. They
 * are given out in the order of their first use, so that a run repeated gives the same ones.
 */
export function addressOf(object: object): number {
  const known = addresses.get(object);
  if (known !== undefined) return known;
  given += 1;
  const address = 0x10000000 + given * 0x40;
  addresses.set(object, address);
  return address;
}

/** A new run begins. */
export function forgetAddresses(): void {
  if (given === 0) return;
  addresses = new WeakMap();
  given = 0;
}
