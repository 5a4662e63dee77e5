/** What some work took: of this process's cores, and of the clock on the wall. */
export interface Taken {
  readonly cpuSeconds: number;
  readonly seconds: number;
}

/** Times some work. On a machine that others use too, what it takes of a core says more than what it takes in all. */
export async function timed<Result>(work: () => Promise<Result>): Promise<Taken & { readonly result: Result }> {
  const startedAt = performance.now();
  const before = process.cpuUsage();
  const result = await work();
  const { user, system } = process.cpuUsage(before);
  return { result, cpuSeconds: (user + system) / 1e6, seconds: (performance.now() - startedAt) / 1_000 };
}

/** How many of something a second, of a core and in all: `{ eventsPerCpuSecond, eventsPerSecond }`. */
export function rates(what: string, count: number, { cpuSeconds, seconds }: Taken): Record<string, number> {
  return { [`${what}PerCpuSecond`]: count / cpuSeconds, [`${what}PerSecond`]: count / seconds };
}
