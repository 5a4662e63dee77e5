/** A server program on this machine. */
export interface Tool {
  readonly name: string;
  /** Missing when the program is nowhere to be found. */
  readonly path?: string;
  /** Missing when the program does not run, or does not say. */
  readonly version?: string;
}

/** A server that Seatrial needs, and what it is called elsewhere. */
export interface ServerProgram {
  /** The program, and Debian's package of it. */
  readonly name: "redis-server" | "nats-server";
  readonly brewFormula: string;
  /** A Go module that builds it, at a version that was tried. */
  readonly goModule?: string;
}

/** The servers that a local world is made of. */
export const serverPrograms: readonly ServerProgram[] = [
  { name: "redis-server", brewFormula: "redis" },
  { name: "nats-server", brewFormula: "nats-server", goModule: "github.com/nats-io/nats-server/v2@v2.11.17" },
];
