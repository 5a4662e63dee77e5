import fc from "fast-check";

/** Values of all kinds that operators and functions can be asked. */
const literals = fc.constantFrom(
  ..."nil true false 0 1 -1 2 3 10 0.5 -2.5 1e15 1e100 2^53 -0 1/0 {} tostring".split(" "),
  ..."'' 'a' 'abc' '10' ' 5 ' '0x1F' '1e2' 'x y' '\\0' 'B'".split(/ (?=')/),
  ..."n s t u t.a t.list t[1] t.list[2] #s #t.list".split(" "),
);

const binaryOperators = "+ - * / % ^ .. == ~= < <= > >= and or".split(" ");

const functions = [
  "string.sub(A, B, C)",
  "string.rep(A, B % 5)",
  "string.format('%s|%5.2f|%d', A, B, C)",
  "string.format('%q %x', A, B)",
  "string.byte(A, B)",
  "tostring(A)",
  "tonumber(A)",
  "tonumber(A, B)",
  "math.floor(A)",
  "math.max(A, B)",
  "math.fmod(A, B)",
  "select(A, B, C)",
  "select('#', A, B)",
  "(A):upper()",
  "#(A)",
  "-(A)",
  "not A",
  "rawequal(A, B)",
  "bit.band(A, B)",
  "bit.rshift(A, B)",
  "bit.tohex(A, B)",
  "table.concat({A, B, C}, ',')",
  "cjson.encode(A)",
  "cjson.encode({A, B, k = C})",
  "(function(...) return select('#', ...) end)(A, B)",
];

const { expression } = fc.letrec<{ expression: string }>((tie) => ({
  expression: fc.oneof(
    { maxDepth: 4, depthSize: "medium", withCrossShrink: true },
    literals,
    fc
      .tuple(tie("expression"), fc.constantFrom(...binaryOperators), tie("expression"))
      .map(([left, operator, right]) => `(${left} ${operator} ${right})`),
    fc
      .tuple(fc.constantFrom(...functions), tie("expression"), tie("expression"), tie("expression"))
      .map(([call, a, b, c]) => call.replace(/\b[ABC]\b/g, (name) => ({ A: a, B: b, C: c })[name] ?? name)),
  ),
}));

/** Scripts that compute something, and say what came of it, be it an error. */
const computations = expression.map(
  (code) => `local n, s, t = 7, 'text', {a = 1, b = 'two', list = {1, 2, 3}, 'first'} local u
local r = {pcall(function() return ${code} end)}
return {tostring(r[1]), type(r[2]) == 'table' and cjson.encode(r[2]) or tostring(r[2]):gsub('0x%x+', ''), type(r[2])}`,
);

const keys = fc.oneof(
  fc.integer({ min: -1, max: 20 }).map(String),
  fc.constantFrom("'a'", "'b'", "'c'", "'id'", "'name'", "'a longer key'", "1.5", "true", "2^40", "#t", "#t + 1"),
);

const changes = fc.oneof(
  { weight: 6, arbitrary: fc.tuple(keys, fc.integer({ min: 1, max: 99 })).map(([key, n]) => `t[${key}] = ${n}`) },
  { weight: 3, arbitrary: keys.map((key) => `t[${key}] = nil`) },
  { weight: 3, arbitrary: fc.integer({ min: 1, max: 99 }).map((n) => `table.insert(t, ${n})`) },
  { weight: 1, arbitrary: keys.map((key) => `pcall(table.insert, t, ${key}, 5)`) },
  { weight: 1, arbitrary: keys.map((key) => `pcall(table.remove, t, ${key})`) },
  { weight: 1, arbitrary: fc.integer({ min: 1, max: 30 }).map((n) => `for i = 1, ${n} do t['k' .. i] = i end`) },
  { weight: 1, arbitrary: fc.integer({ min: 1, max: 30 }).map((n) => `for i = 1, ${n} do t[#t + 1] = i end`) },
);

const starts = fc.constantFrom("{}", "{1, 2, 3}", "{1, nil, 3}", "{a = 1, b = 2}", "{1, 2, a = 3, [10] = 4, nil}");

/** Scripts that change a table again and again, and say how long it is and in which order its keys come. */
const tables = fc.tuple(starts, fc.array(changes, { minLength: 1, maxLength: 25 })).map(
  ([start, steps]) => `local t, out = ${start}, {}
${steps.join("\n")}
for k, v in pairs(t) do out[#out + 1] = tostring(k) .. '=' .. tostring(v) end
return {#t, table.concat(out, ' '), table.maxn(t), (select('#', unpack(t)))}`,
);

const patternPieces = fc.constantFrom(
  ..."a b . %a %d %s %w %p [ab] [^a] [a-c] [%a%d] a* b+ .- a? %w* (a) (.) (%a+) () %1 ^ $ %b() %f[%a] - [ ] ( ) % %x".split(
    " ",
  ),
);

const subjects = fc
  .array(fc.constantFrom("a", "b", "c", "ab", " ", "1", "(", ")", "x", "-", "%"), { maxLength: 12 })
  .map((pieces) => pieces.join(""));

/** Scripts that look for a pattern in every way there is. */
const searches = fc
  .tuple(
    subjects,
    fc.array(patternPieces, { maxLength: 5 }).map((pieces) => pieces.join("")),
    fc.integer({ min: -3, max: 5 }),
  )
  .map(
    ([subject, pattern, from]) => `local s, p, out = '${subject}', '${pattern}', {}
local function tell(...)
  for i = 1, select('#', ...) do out[#out + 1] = tostring((select(i, ...))) end
end
tell(pcall(string.find, s, p, ${from}))
tell(pcall(string.match, s, p, ${from}))
tell(pcall(string.gsub, s, p, '<%0>'))
tell(pcall(function() for a, b in s:gmatch(p) do tell(a, b) end end))
return out`,
  );

/** Scripts of all these sorts. */
export const programs: fc.Arbitrary<string> = fc.oneof(
  { weight: 3, arbitrary: computations },
  { weight: 2, arbitrary: tables },
  { weight: 2, arbitrary: searches },
);
