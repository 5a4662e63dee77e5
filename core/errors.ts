import { exitCodes, type ExitCode } from "./exit-codes.ts";

/**
 * An operating error that a person can act on: its message opens with a code, and a hint says what to do.
 *
 * A broken invariant is not one of these: it is a bug, and throws a plain `Error` that nobody catches.
 */
export class SeatrialError extends Error {
  /** Stable and searchable, such as `port_in_use`. */
  readonly code: string;
  /** The way out, as an instruction. */
  readonly hint: string | undefined;
  readonly exitCode: ExitCode;

  constructor(code: string, message: string, options: { hint?: string; exitCode?: ExitCode; cause?: unknown } = {}) {
    super(`[${code}] ${message}`, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = new.target.name;
    this.code = code;
    this.hint = options.hint;
    this.exitCode = options.exitCode ?? exitCodes.inconclusive;
  }
}

/** The user asked for something that does not exist or makes no sense. Exit code 2. */
export class UsageError extends SeatrialError {
  constructor(message: string, hint?: string) {
    super("usage", message, { ...(hint === undefined ? {} : { hint }), exitCode: exitCodes.usage });
  }
}

/** The machine cannot run this: a server is missing, a folder is read-only, a port is taken. Exit code 3. */
export class EnvironmentError extends SeatrialError {
  constructor(code: string, message: string, hint: string, cause?: unknown) {
    super(code, message, { hint, exitCode: exitCodes.inconclusive, cause });
  }
}

/** Why a server cannot listen: `port_in_use`, or `cannot_listen` for any other reason. */
export function listenError(thrown: unknown, host: string, port: number): EnvironmentError {
  const taken = thrown instanceof Error && "code" in thrown && thrown.code === "EADDRINUSE";
  return taken
    ? new EnvironmentError(
        "port_in_use",
        `${host}:${port} is taken`,
        "choose another port, or 0 for any free one",
        thrown,
      )
    : new EnvironmentError(
        "cannot_listen",
        `${host}:${port}: ${messageOf(thrown)}`,
        "check the host and the port",
        thrown,
      );
}

/** The text of anything that was thrown. */
export function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
