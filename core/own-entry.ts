/** The entry of a table under a name that somebody typed: `constructor` is in no table unless somebody put it there. */
export function ownEntry<Value>(table: Readonly<Record<string, Value>>, name: string): Value | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}
