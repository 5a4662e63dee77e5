/** A flag of a command line, and its value; without one it is left out. */
type Flag = readonly [name: string, value: string | undefined];

/** What decides a simulated run besides its seeds, as it is written on a command line. */
export interface SimulatedFlags {
  readonly tuning: string;
  readonly set: readonly string[];
  readonly without: readonly string[];
}

/** The command that does the same again. */
export function commandLine(command: string, own: readonly Flag[], { tuning, set, without }: SimulatedFlags): string {
  const flags: readonly Flag[] = [
    ...own,
    ["tuning", tuning],
    ...set.map((each): Flag => ["set", each]),
    ...without.map((each): Flag => ["without", each]),
  ];
  const written = flags.flatMap(([name, value]) => (value === undefined ? [] : [`--${name} ${value}`.trimEnd()]));
  return [`npm run seatrial -- ${command}`, ...written].join(" ");
}
