/**
 * The known names closest to a mistyped one, best first, by Levenshtein distance.
 *
 * Names further away than half of the typed word's length (at least 2) are left out.
 */
export function nearestNames(typed: string, known: readonly string[], most = 3): string[] {
  const limit = Math.max(2, Math.floor(typed.length / 2));
  return known
    .map((name) => ({ name, distance: distance(typed, name) }))
    .filter((candidate) => candidate.distance <= limit || candidate.name.includes(typed))
    .toSorted((a, b) => a.distance - b.distance || a.name.localeCompare(b.name))
    .slice(0, most)
    .map((candidate) => candidate.name);
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
