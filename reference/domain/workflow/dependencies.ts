/** Steps by id, as far as their order goes. */
export type StepGraph = Readonly<Record<string, { readonly dependsOn: readonly string[] }>>;

/** Every step that this one waits for, directly or not. */
export function ancestorsOf(step: string, steps: StepGraph): Set<string> {
  const found = new Set<string>();
  const open = [...dependenciesOf(step, steps)];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (found.has(next)) continue;
    found.add(next);
    open.push(...dependenciesOf(next, steps));
  }
  return found;
}

/** A way that leads back to where it began, as `["a", "b", "a"]`: a waits for b, which waits for a. */
export function findCycle(steps: StepGraph): string[] | undefined {
  const done = new Set<string>();
  const visit = (step: string, path: readonly string[]): string[] | undefined => {
    if (path.includes(step)) return [...path.slice(path.indexOf(step)), step];
    if (done.has(step)) return undefined;
    done.add(step);
    return firstOf(dependenciesOf(step, steps), (next) => visit(next, [...path, step]));
  };
  return firstOf(Object.keys(steps), (step) => visit(step, []));
}

function dependenciesOf(step: string, steps: StepGraph): readonly string[] {
  return Object.hasOwn(steps, step) ? (steps[step]?.dependsOn ?? []) : [];
}

function firstOf<T, R>(values: readonly T[], find: (value: T) => R | undefined): R | undefined {
  for (const value of values) {
    const found = find(value);
    if (found !== undefined) return found;
  }
  return undefined;
}
