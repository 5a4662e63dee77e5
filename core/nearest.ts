/**
 * The known names closest to a mistyped one, best first, by Levenshtein distance.
 *
 * Left out are names further away than half of the typed word's length (at least 2), unless they contain the word or
 * begin like it.
 */
export function nearestNames(typed: string, known: readonly string[], most = 3): string[] {
  const limit = Math.max(2, Math.floor(typed.length / 2));
  return known
    .map((name) => ({ name, distance: distance(typed, name) }))
    .filter(({ name, distance: far }) => far <= limit || name.includes(typed) || beginsLike(typed, name))
    .toSorted((a, b) => a.distance - b.distance || a.name.localeCompare(b.name))
    .slice(0, most)
    .map((candidate) => candidate.name);
}

/** Whether the first three letters, and at least half of the word, are the same. */
function beginsLike(typed: string, name: string): boolean {
  const letters = Math.max(3, Math.ceil(typed.length / 2));
  return typed.length >= letters && name.startsWith(typed.slice(0, letters));
}

function distance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    for (let column = 1; column <= b.length; column++) {
      const substitution = previous[column - 1]! + (a[row - 1] === b[column - 1] ? 0 : 1);
      current.push(Math.min(substitution, previous[column]! + 1, current[column - 1]! + 1));
    }
    previous = current;
  }
  return previous[b.length]!;
}
