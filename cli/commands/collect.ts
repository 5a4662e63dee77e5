/** For an option that may be repeated: all of its values, in order. */
export function collect(value: string, previous: string[]): string[] {
  return [...previous, value];
}
