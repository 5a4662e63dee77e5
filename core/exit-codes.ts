/** What the `seatrial` command's exit code means. */
export const exitCodes = {
  /** Every check passed. */
  passed: 0,
  /** A check failed. */
  failed: 1,
  /** The command or its configuration is wrong; nothing was run. */
  usage: 2,
  /** Nothing was examined, or the environment or the load generator was not healthy. */
  inconclusive: 3,
  /** Stopped by SIGINT or SIGTERM; everything that had been started is gone. */
  interrupted: 130,
} as const;

/** One of the documented exit codes. */
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];
