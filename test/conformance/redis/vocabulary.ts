import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";

import fc from "fast-check";

/** Few keys, so that commands meet each other's values; each has a type that it usually holds. */
const keysOf: Readonly<Record<string, readonly string[]>> = {
  str: ["s1", "s2", "n1"],
  list: ["l1", "l2"],
  set: ["m1", "m2", "m3"],
  zset: ["z1", "z2", "z3"],
  hash: ["h1", "h2"],
};
const allKeys = Object.values(keysOf).flat();

const texts = [
  "",
  "a",
  "b",
  "c",
  "10",
  "-5",
  "3.5",
  "1e3",
  "hello world",
  "\u00ff\u0000\u0080",
  "x\r\ny",
  "v".repeat(70),
];
const members = ["a", "b", "c", "d", "e", "1", "2", "10", "", "\u00e9"];
const bigIntegers = ["9223372036854775807", "-9223372036854775808", "9223372036854775808", "9007199254740993"];
const noIntegers = ["abc", "", "1.5", " 1", "+1", "01", "-0", "0x10", "1e2", "99999999999999999999"];
const noFloats = ["abc", "", "1.5x", " 1", "nan", "--1", "1e400", "1e-400", "0x", "."];
const floats = ["1.5", "-2", "0.1", "0.2", "3.0e-5", "1e17", "1e21", "123456789.123456789", "-0", "5e-324", ".5", "7."];
const endless = ["inf", "-inf", "+inf", "Infinity", "1e308", "-1e308"];

const small = fc.integer({ min: -4, max: 6 }).map(String);
const one = (values: readonly string[]): fc.Arbitrary<string> => fc.constantFrom(...values);
const mostly = (usual: fc.Arbitrary<string>, rare: fc.Arbitrary<string>, weight = 9): fc.Arbitrary<string> =>
  fc.oneof({ arbitrary: usual, weight }, { arbitrary: rare, weight: 1 });

const integer = mostly(small, one([...bigIntegers, ...noIntegers]), 7);
const score = mostly(fc.oneof(small, one(floats)), one([...endless, ...noFloats]), 7);
/** Far in the past or far ahead, as no sequence takes long. */
const seconds = mostly(one(["100", "1000", "200000", "-1", "0"]), one([...bigIntegers, ...noIntegers]), 7);
const milliseconds = mostly(one(["500000", "1000000", "-1", "0"]), one([...bigIntegers, ...noIntegers]), 7);

const scripts = [
  "return redis.call('GET', KEYS[1])",
  "return redis.call('SET', KEYS[1], ARGV[1])",
  "return redis.pcall('INCR', KEYS[1])",
  "return {KEYS[1], ARGV[1], 3, 3.7, false, {1, 'x'}}",
  "redis.call('HSET', KEYS[1], 'a', ARGV[1]) return redis.call('HGETALL', KEYS[1])",
  "return redis.call('ZADD', KEYS[1], ARGV[1], 'm')",
  "return redis.error_reply('MY error')",
  "return redis.status_reply('FINE')",
  "return redis.call('NOSUCH', KEYS[1])",
  "return redis.call('GET')",
  "return redis.call('MULTI')",
  "return #ARGV",
  "return nil",
];

/** Scripts of the reference plane that ask for no particular form of what a key holds. */
const planeScripts = ["lock-release", "lock-renew", "snapshot-write", "run-timers-clear"].map((name) =>
  readFileSync(new URL(`../../../reference/adapters/redis/${name}.lua`, import.meta.url), "utf8"),
);

/** What the lower-case words of a command's form stand for. */
export const vocabulary: Readonly<Record<string, fc.Arbitrary<string>>> = {
  ...Object.fromEntries(Object.entries(keysOf).map(([type, keys]) => [type, mostly(one(keys), one(allKeys))])),
  key: one(allKeys),
  missing: one(["none"]),
  value: one(texts),
  number: mostly(one(["0", "1", "10", "-5", "3.5"]), one(texts), 4),
  field: one(members),
  member: one(members),
  int: integer,
  index: integer,
  count: mostly(one(["0", "1", "2", "3", "100"]), one(["-1", "-5", "abc", "", "-9223372036854775808"]), 7),
  allcount: one(["0", "100", "-1", "x"]),
  float: score,
  score,
  weight: mostly(one(["1", "2", "0.5", "-1", "0"]), one([...endless, ...noFloats])),
  min: mostly(one(["-inf", "0", "1", "(1", "-2", "(0.1"]), one(["abc", "", "(", "(x", "nan", "inf", " 1"])),
  max: mostly(one(["+inf", "5", "2", "(3", "1", "inf"]), one(["abc", "", "(", "nan", "-inf", "((1"])),
  lexmin: mostly(one(["-", "[a", "(a", "[b", "(b"]), one(["a", "", "+", "["])),
  lexmax: mostly(one(["+", "[c", "(c", "[d", "(1"]), one(["a", "", "-", "("])),
  offset: mostly(one(["0", "1", "2", "5"]), integer),
  ttl: seconds,
  ttlms: milliseconds,
  unix: mostly(one(["1", "4000000000"]), one([...bigIntegers, ...noIntegers])),
  unixms: mostly(one(["1", "4000000000000"]), one([...bigIntegers, ...noIntegers])),
  future: mostly(one(["4000000000"]), one([...bigIntegers, ...noIntegers])),
  futurems: mostly(one(["4000000000000"]), one([...bigIntegers, ...noIntegers])),
  glob: one(["*", "s*", "?1", "[sl]1", "[^s]*", "m[1-2]", "\\s1", "[", "a*b", "*1*"]),
  type: one(["string", "list", "set", "zset", "hash", "HASH", "stream", "nothing"]),
  db: mostly(one(["0", "1", "15"]), one(["16", "-1", "abc", ""])),
  script: one(scripts),
  plane: one(planeScripts),
  digest: one(["0".repeat(40), "abc", ...scripts.map((text) => createHash("sha1").update(text).digest("hex"))]),
  two: mostly(one(["2"]), one(["1", "0", "3", "-1", "abc", "10"])),
  keycount: mostly(one(["1", "2"]), one(["0", "3", "-1", "abc", "10"]), 7),
  name: mostly(one(["me", "a-b"]), one(["", "a b", "\n"])),
  junk: one(["", "abc", "1", "NX", "GET", "*", "LIMIT", "WITHSCORES"]),
};
