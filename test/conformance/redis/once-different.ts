/** Sequences that random search found, rarely: the last command of each was once answered differently. */
export const onceDifferent: readonly (readonly string[])[] = [
  ["ZADD z1 0 a 1e17 a", "ZUNION 2 z1 z1 WITHSCORES WEIGHTS 0.5 0.5 AGGREGATE MAX"],
  ["ZINCRBY z1 NX a"],
  ["ZADD z1 GT CH 1.5 a 1.5 c 2 a 2 d", "ZREVRANGEBYLEX z1 + (b LIMIT 2 -1"],
  ["ZADD z2 1.5 a 1e17 d", "ZSCAN z2 0"],
  ["ZADD z1 -0 a", "ZPOPMAX z1"],
  ["ZADD z2 INCR -0 a", "ZUNION 1 z2 WEIGHTS -1 WITHSCORES"],
  ["ZADD z1 0 a 1.5 b", "ZRANGE z1 0 0 LIMIT 1 -1"],
  ["RPUSH l1 a b", "LPOS l1 a RANK -9223372036854775808"],
  ["MULTI", "EXEC extra", "SET s1 v"],
  ["LMPOP 1 l1 LEFT COUNT 0 COUNT 0"],
];
