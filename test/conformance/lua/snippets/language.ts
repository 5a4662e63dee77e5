import { scriptsIn } from "../scripts-in.ts";

/** Operators, variables, control flow, functions and metatables. */
export const language = scriptsIn(String.raw`
return 1 + 2, 3
return 7 % 3 .. ' ' .. -7 % 3 .. ' ' .. 7 % -3 .. ' ' .. -7 % -3 .. ' ' .. 5.5 % 2
return tostring(5 % 0) .. tostring(5 % math.huge) .. tostring(-5 % math.huge)
return tostring(1 / 0) .. tostring(-1 / 0) .. tostring(0 / 0)
return tostring(2 ^ 10) .. ' ' .. 2 ^ 0.5 .. ' ' .. -2 ^ 2 .. ' ' .. 2 ^ -1 .. ' ' .. 2 ^ 3 ^ 2
return '10' + 5 .. '' .. '3' * '4' .. 10 .. 20
return '0x10' + 0
return ' 5 ' + 1
return '1e2' * 1
return 10 / 4 .. ' ' .. 10 / 5 .. ' ' .. 1 / 3
return -'2' .. ' ' .. - -3
return 1 .. 2
return 1e15 .. ' ' .. 1e14 .. ' ' .. 123456789012 .. ' ' .. 0.1 .. ' ' .. 1e100 .. ' ' .. -1e-7
return 2 ^ 53 .. ' ' .. 2 ^ 63 .. ' ' .. 1e15 + 0.5
return 99999999999999 .. ' ' .. 100000000000000 .. ' ' .. 123456.789e3
return 3.14159265358979 .. ' ' .. 1e300 * 1e10 .. ' ' .. -1e300 * 1e10
return 0xff .. ' ' .. 0XA .. ' ' .. 1e-3 .. ' ' .. .5 .. ' ' .. 3. .. ' ' .. 0x1p4
return {1 < 2, 2 < 1, 1 <= 1, 1 >= 2, 'a' < 'b', 'a' < 'B', 'Z' < 'a', '' < 'a', 'a' < 'aa', 'a\0b' < 'a\0c'}
return {1 == 1, 1 == '1', 'a' == 'a', nil == false, {} == {}, 0 == -0, 0 / 0 == 0 / 0, 1 ~= 2}
return {not nil, not 0, not '', not false, not not 1}
return {1 and 2, nil and 1, false or 3, nil or false, 1 or 2, false and nil, nil == nil and 5}
return (nil or 1) and (false or 'x')
return #'abc' + #{1, 2, 3}
return #'' .. #'a\0b'
local a, b, c = 1 return {a, b == nil, c == nil}
local a, b = (function() return 1, 2 end)() return a + b
local a, b = ((function() return 1, 2 end)()) return {a, b == nil}
local function f(...) return select('#', ...), ... end return {f(1, nil, nil)}
local function f(...) local a, b = ... return {a, b} end return f(1, 2, 3)
local function f(...) return {...} end return f(1, 2, 3)
local function f(...) return #{...} end return f(1, nil, 3)
local function f(...) return (...) end return f(7, 8)
local function f(a, ...) return arg.n, arg[1] end return {f(1, 2, 3)}
local function f(...) local x = ... return arg == nil end return f(1)
local t = {} t.x, t.y = 1, 2 return t.x + t.y
local a, b = 1, 2 a, b = b, a return {a, b}
local i, t = 1, {} i, t[i] = i + 1, 20 return {i, t[1], t[2]}
local t = {1, 2} local i = 1 t[i], i = i + 5, 9 return {t[1], i}
local a = {} local function f() return a end f().x = 5 return a.x
local x = 1 do local x = 2 end return x
local x = 1 local x = x + 1 return x
local t = {} for i = 1, 3 do t[#t + 1] = i end return t
local t = {} for i = 3, 1, -1 do t[#t + 1] = i end return t
local t = {} for i = 1, 2, 0.5 do t[#t + 1] = tostring(i) end return t
local t = {} for i = 1, 0 do t[#t + 1] = i end return #t
local t = {} for i = '1', '3' do t[#t + 1] = i end return t
local n = 0 for i = 0.1, 1, 0.1 do n = n + 1 end return n
local t = {} for i = 0, 1, 0.3 do t[#t + 1] = tostring(i) end return t
for i = 1, 10 do if i == 5 then return i end end
local t = {} for i = 1, 3 do t[i] = function() return i end end return {t[1](), t[2](), t[3]()}
local t = {} for i = 1, 3 do local j = i t[i] = function() j = j + 1 return j end end return {t[1](), t[1](), t[2]()}
local t = {} local i = 1 while i <= 3 do local j = i t[i] = function() return j end i = i + 1 end return {t[1](), t[2](), t[3]()}
local i = 0 while true do i = i + 1 if i > 5 then break end end return i
local i = 0 repeat local j = i i = i + 1 until j >= 3 return i
local s = 0 for k, v in pairs({10, 20, 30}) do s = s + k * v end return s
local s = '' for k, v in ipairs({'a', 'b', nil, 'd'}) do s = s .. k .. v end return s
local s = '' for k, v in next, {1, 2, 3} do s = s .. k .. v end return s
local s = '' for a, b, c in function(s, c) if c < 3 then return c + 1, c * 2 end end, nil, 0 do s = s .. a .. b .. tostring(c) end return s
local function iter(t, i) i = i + 1 if t[i] then return i, t[i] end end local s = '' for i, v in iter, {5, 6}, 0 do s = s .. i .. v end return s
for i = 1, 3 do local i = i * 2 if i == 4 then return i end end
local s = '' for i = 1, 3 do i = i * 2 s = s .. i end return s
local function fib(n) if n < 2 then return n end return fib(n - 1) + fib(n - 2) end return fib(15)
local function even(n) if n == 0 then return true end return n end return even(0)
local odd local function even(n) if n == 0 then return 'even' end return odd(n - 1) end function odd(n) if n == 0 then return 'odd' end return even(n - 1) end return even(11)
local function loop(n) if n == 0 then return 'done' end return loop(n - 1) end return loop(5000)
local o = {n = 1} function o:add(x) self.n = self.n + x return self end return o:add(2):add(3).n
local a = {b = {c = {}}} function a.b.c.f(x) return x * 2 end function a.b.c:g(x) return self == a.b.c and x end return {a.b.c.f(4), a.b.c:g(5)}
return ('x'):rep(3) .. ('%d'):format(5) .. ('abc'):upper()
local s = 'abc' return s:len() + #s
return #'a' 'b'
local f = function(s) return s .. '!' end return f'x' .. f"y" .. f[[z]]
local f = function(t) return #t end return f{1, 2, 3}
return [==[a]]b]=]c]==]
return 'a\65\066\x41\'\"\\\n\t\r\a\b\f\v' .. "\z"
return '\0\1\255'
return "tab\tquote\""
--[==[ x ]] ]==] return 2
return 3 -- trailing
--[[]] return 4
return 1 --[[x]] + 2
return 5;
local a = 1; local b = 2; return a + b
do return 1 end
return
if nil then return 1 elseif false then return 2 else return 3 end
if 0 then return 'zero is true' end
if '' then return 'empty is true' end
local t = {1, 2, 3, nil} return #t
local t = {1, 2, 3, nil, 5} return #t
local t = {nil, nil, 3} return #t
local t = {n = 1, [1] = 'a', 'b'} return {t[1], t.n}
local t = {[1] = 'a', [2] = 'b', 'c'} return t
local t = {'a', 'b', [2] = 'z', 'c'} return t
local t = {f = function() return 1 end, ['x y'] = 2, [3.5] = 3, [true] = 4} return {t.f(), t['x y'], t[3.5], t[true]}
local t = {1, 2; 3, 4,} return #t
local t = {(function() return 1, 2, 3 end)()} return #t
local t = {(function() return 1, 2, 3 end)(), 10} return t
local t = {10, (function() return 1, 2, 3 end)()} return t
local t = {(function() end)()} return #t
local t = {nil} return #t
local t = {} t[1.0] = 'a' t['1'] = 'b' return {t[1], t['1']}
local t = {} t[-1] = 'x' t[0] = 'y' return {t[-1], t[0], #t}
local t = {} t[2^53] = 1 return t[2^53]
local t = {} t.a = 1 t.a = nil return next(t) == nil
local t = {} t[1] = 1 t[2] = 2 t[4] = 4 return #t
local t = {} for i = 1, 10 do t[i] = i end for i = 1, 9 do t[i] = nil end return #t
local t = {} for i = 1, 8 do t[i] = i end t[8] = nil t[7] = nil return #t
local t = {1, 2, 3} t[#t] = nil return #t
local t = {} t[3] = 3 t[2] = 2 t[1] = 1 return #t
local t = {10, 20, 30, 40} t[2] = nil return #t
local t = {} for i = 1, 5 do t[i] = i end t[3] = nil return #t
local t = {} for i = 1, 100 do t[i] = i end for i = 50, 100 do t[i] = nil end return #t
local a <const> = 1 return a
goto done ::done:: return 1
local t = setmetatable({}, {__index = function(t, k) return k .. '!' end}) return t.x .. t[1]
local t = setmetatable({}, {__index = {x = 5}}) return {t.x, t.y}
local t = setmetatable({}, {__newindex = function(t, k, v) rawset(t, k, v * 2) end}) t.x = 5 return t.x
local store = {} local t = setmetatable({}, {__newindex = store}) t.x = 5 return {store.x, rawget(t, 'x') == nil}
local t = setmetatable({}, {__call = function(self, a, b) return a + b end}) return t(1, 2)
local mt = {__add = function(a, b) return 'add' end, __sub = function() return 'sub' end, __mul = function() return 'mul' end, __div = function() return 'div' end, __mod = function() return 'mod' end, __pow = function() return 'pow' end, __unm = function() return 'unm' end, __concat = function() return 'cat' end} local t = setmetatable({}, mt) return {t + 1, 1 - t, t * t, t / 2, t % 2, t ^ 2, -t, t .. 'x', 'x' .. t, 1 .. t}
local mt = {__eq = function() return true end} local a, b = setmetatable({}, mt), setmetatable({}, mt) return {a == b, a ~= b, a == 1}
local a, b = setmetatable({}, {__eq = function() return true end}), setmetatable({}, {__eq = function() return true end}) return {a == b}
local mt = {__lt = function(a, b) return a.v < b.v end} local a, b = setmetatable({v = 1}, mt), setmetatable({v = 2}, mt) return {a < b, a > b, a <= b, a >= b}
local mt = {__le = function(a, b) return a.v <= b.v end} local a, b = setmetatable({v = 1}, mt), setmetatable({v = 1}, mt) return {a <= b, a >= b}
local t = setmetatable({}, {__len = function() return 42 end}) return #t
local t = setmetatable({}, {__tostring = function() return 'me' end}) return tostring(t)
local t = setmetatable({1, 2, 3}, {__index = function() return 9 end}) return t
local mt = {} mt.__index = mt function mt.hi(self) return 'hi ' .. self.name end local o = setmetatable({name = 'bob'}, mt) return o:hi()
local A = {} A.__index = A local B = setmetatable({}, {__index = A}) B.__index = B function A.f() return 'A.f' end local o = setmetatable({}, B) return o.f()
local t = setmetatable({}, {__index = string}) return t.rep('x', 3)
local t = setmetatable({}, {__metatable = 'locked'}) return getmetatable(t)
return getmetatable('').__index == string
return getmetatable({}) == nil
return getmetatable(1) == nil
local t = {} t[t] = 1 return t[t]
local f = function() end local t = {[f] = 'fn'} return t[f]
local t = {} for i = 1, 300 do t[i] = i end local s = 0 for _, v in ipairs(t) do s = s + v end return s
local s = '' for i = 1, 200 do s = s .. 'x' end return #s
local a = 1 local function f() a = a + 1 return a end return {f(), f(), a}
local function counter() local n = 0 return function() n = n + 1 return n end end local a, b = counter(), counter() return {a(), a(), b()}
local t = {} for w in string.gmatch('one two', '%a+') do t[#t + 1] = function() return w end end return {t[1](), t[2]()}
return (2 + 3) * 4 - 10 / 2 ^ 2 % 3
return 2 + 3 .. 4 + 5
return 1 .. 2 == '12' and not (1 == 2)
return -3 ^ 2
return not 1 == 2
return 5 > 3 == true
return 1 + 2 < 4 and 'yes' or 'no'
return 'a' .. 'b' == 'ab'
return #'abc' + 1 .. ''
return {KEYS[1], KEYS[2], ARGV[1], ARGV[2], #KEYS, #ARGV, KEYS[3] == nil}
return ARGV[2] + 1
KEYS[1] = 'z' return KEYS[1]
ARGV[5] = 'z' return #ARGV
return _G.KEYS == KEYS and _G.ARGV == ARGV and _G._G == _G
return type(_G) .. type(_VERSION) .. _VERSION
local t = {} for k in pairs(_G) do if type(k) ~= 'string' then t[#t + 1] = k end end return #t
return rawget(_G, 'foo') == nil
local redis = {call = function() return 'shadow' end} return redis.call('x')
local string = 5 return string
local function f() return end return (f()) == nil
local x = (function(...) return select('#', ...) end)((function() end)()) return x
local x = (function(...) return select('#', ...) end)(nil, (function() end)()) return x
return (function(...) return select('#', ...) end)((function() return 1, 2 end)(), (function() return 1, 2 end)())
local t = {} t['a'] = {} t.a['b'] = {} t.a.b.c = 1 return t['a'].b['c']
local a = {10, 20, 30} local i = 0 local function n() i = i + 1 return i end a[n()], a[n()] = a[n()], 7 return {a[1], a[2], a[3]}
local x = 5 local function f() x = 10 return 1 end return x + f()
local x = 5 local function f() x = 10 return 1 end return f() + x
local x = 5 local function f() x = 10 return 1 end local t = {x, f(), x} return t
local x = 'a' local function f() x = 'b' return 'c' end return x .. f() .. x
local x = 5 local function f() x = 10 return 7 end return x < f()
`);
