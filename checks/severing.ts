/** Faults of a link through which nothing gets, as opposed to late. */
export const severing: ReadonlySet<string> = new Set(["cut", "blackhole", "reset", "loseReply", "partition"]);
