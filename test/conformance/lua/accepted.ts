/** A way in which scripts are answered differently than by Redis 7.0.15, on purpose. */
export interface AcceptedDifference {
  readonly what: string;
  readonly because: string;
  /** Scripts that are answered differently, each of them. */
  readonly scripts: readonly string[];
}

/** All of them. Whatever else differs is a bug. */
export const accepted: readonly AcceptedDifference[] = [
  {
    what: "every NaN is written `-nan`",
    because: "on x86 operations give a negative NaN and texts a positive one; JavaScript has but one",
    scripts: ["return tostring(-(0/0))", "return tostring(tonumber('nan'))", "return tostring(cjson.decode('nan'))"],
  },
  {
    what: "coroutines are refused by name",
    because: "a JavaScript function cannot be left in its middle; no script of the plane has any",
    scripts: ["return coroutine.create(function() end) ~= nil", "return coroutine.wrap(function() return 1 end)()"],
  },
  {
    what: "RESP3, partial replication and ACLs are refused by name within scripts",
    because: "the engine has none of them: to go on as if it had would be a silent default",
    scripts: [
      "redis.setresp(3) return 1",
      "redis.set_repl(redis.REPL_NONE) return 1",
      "return redis.acl_check_cmd('get', 'k')",
    ],
  },
  {
    what: "functions cannot be dumped, and precompiled chunks not be loaded",
    because: "there is no byte code",
    scripts: ["return type(string.dump(function() end))", "return (loadstring('\\27Lua'))"],
  },
  {
    what: "memory in use is always 42 KB",
    because: "it is not a script's business, and a run repeated has to give the same",
    scripts: ["return collectgarbage('count') == 42", "return gcinfo() == 42"],
  },
  {
    what: "the error handler of Redis is no global variable",
    because: "it stands outside everything that scripts can reach",
    scripts: ["return type(__redis__err__handler)"],
  },
];
