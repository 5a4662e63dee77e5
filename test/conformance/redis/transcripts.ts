/** What a client sends over one socket, byte for byte, and where its answers end. */
export interface Transcript {
  readonly name: string;
  readonly sends: string;
  /** The end of the last answer; without one, the server hangs up. */
  readonly until?: string;
}

/** What random commands do not reach: the protocol's edges, and answers that come more than one to a command. */
export const transcripts: readonly Transcript[] = [
  { name: "inline commands", sends: "SET k \"a\\x41 b\"\r\nGET k\nget 'k'\r\n\r\nECHO end\r\n", until: "end\r\n" },
  { name: "an empty command", sends: "*0\r\n*-1\r\n*1\r\n$4\r\nPING\r\nECHO end\r\n", until: "end\r\n" },
  { name: "unbalanced quotes", sends: 'PING\r\nSET k "open\r\n' },
  { name: "a length that is no number", sends: "*x\r\n" },
  { name: "too many words", sends: "*2147483648\r\n" },
  { name: "a word that does not begin as one", sends: "*1\r\n+PING\r\n" },
  { name: "a word of a negative length", sends: "*1\r\n$-5\r\n" },
  { name: "a word that is too long", sends: "*1\r\n$536870913\r\n" },
  { name: "QUIT", sends: "SET k v\r\nQUIT\r\nGET k\r\n" },
  {
    name: "subscriptions",
    sends:
      "SUBSCRIBE a b a\r\nPSUBSCRIBE p* q?\r\nGET k\r\nPING\r\nPING text\r\nUNSUBSCRIBE a zzz\r\nPUNSUBSCRIBE\r\n" +
      "UNSUBSCRIBE\r\nUNSUBSCRIBE\r\nGET none\r\nECHO end\r\n",
    until: "end\r\n",
  },
  {
    name: "a subscriber's own messages after it left",
    sends: "SUBSCRIBE a\r\nUNSUBSCRIBE a\r\nPUBLISH a text\r\nPUBSUB CHANNELS\r\nECHO end\r\n",
    until: "end\r\n",
  },
  { name: "RESET of a subscriber", sends: "SUBSCRIBE a\r\nRESET\r\nGET none\r\nECHO end\r\n", until: "end\r\n" },
  { name: "SUBSCRIBE in a transaction", sends: "MULTI\r\nSUBSCRIBE a\r\nEXEC\r\nPING end\r\n", until: "end\r\n" },
  { name: "errors with line breaks", sends: '"no\\nsuch" "a\\r\\nb"\r\nECHO end\r\n', until: "end\r\n" },
  { name: "long unknown commands", sends: `${"x".repeat(200)} ${"y".repeat(200)} z\r\nECHO end\r\n`, until: "end\r\n" },
  {
    name: "commands behind one that waits",
    sends: "RPUSH list a\r\nBLPOP list 1\r\nBLPOP list 0.01\r\nECHO end\r\n",
    until: "end\r\n",
  },
];
