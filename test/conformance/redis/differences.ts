/** A way in which the engine answers differently from Redis 7.0.15, on purpose. */
export interface Difference {
  readonly what: string;
  readonly because: string;
  /** Commands of which the last one is answered differently: shows that the entry is still needed. */
  readonly shownBy: readonly (readonly string[])[];
  accepts(words: readonly string[], real: string, ours: string): boolean;
}

/** All of them. Whatever else differs is a bug. */
export const differences: readonly Difference[] = [
  {
    what: "a null array (*-1) comes as a null bulk string ($-1)",
    because: "the engine knows one kind of nothing; every RESP2 client gives its caller the same for both",
    shownBy: [["LPOP", "none", "2"]],
    accepts: (_, real, ours) => real.replaceAll("*-1\r\n", "$-1\r\n") === ours,
  },
  {
    what: "COMMAND leaves out ACL categories, tips and key specifications",
    because: "no client here asks for them; where the first and last key stand is there",
    shownBy: [["COMMAND"]],
    accepts: ([name = "", subname], _, ours) =>
      /^command$/i.test(name) && subname === undefined && ours.startsWith("*240"),
  },
];
