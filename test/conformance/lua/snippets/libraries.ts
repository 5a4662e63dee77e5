import { scriptsIn } from "../scripts-in.ts";

/** The base, math and bit libraries. */
export const libraries = scriptsIn(String.raw`
return {type(1), type('x'), type(nil), type({}), type(type), type(true), type(cjson.null), type(type(1))}
return type()
return {rawequal(1, 1), rawequal({}, {}), rawequal('a', 'a'), rawequal(1, '1')}
return rawequal(1)
return rawequal()
return rawget({5}, 1) + rawget(setmetatable({}, {__index = function() return 9 end, x = 1}), 'x')
return rawget({}, 'x') == nil
return rawget({}, nil) == nil
return rawget()
return rawget({})
local t = rawset({}, 'x', 5) return t.x
local t = setmetatable({}, {__newindex = function() error('no') end}) rawset(t, 'x', 1) return t.x
return rawset({}, 'x')
return rawset(1, 2, 3)
return rawset({}, 0/0, 1)
return {select(1, 'a', 'b')}
return {select(-1, 'a', 'b')}
return {select(3, 'a', 'b')}
return select('#')
return select('2', 'a', 'b')
return select(1.9, 'a', 'b')
return select()
return select('x')
return select({}, 1)
return {tostring(1), tostring('1'), tostring(true), tostring(nil), tostring(1.5)}
return tostring({}):match('^table: 0x%x+$') ~= nil
return tostring(tostring):match('^function: 0x%x+$') ~= nil
return tostring(function() end):match('^function: 0x%x+$') ~= nil
local t = {} return tostring(t) == tostring(t) and tostring(t) ~= tostring({})
return tostring(cjson.null)
return tostring(setmetatable({}, {__tostring = function() return nil end})) == nil
return tostring(setmetatable({}, {__tostring = 'x'}))
return tostring()
return getmetatable()
return setmetatable({})
return setmetatable()
return setmetatable({}, 5)
return setmetatable(5, {})
local t = {} return setmetatable(t, nil) == t
local t = {} return setmetatable(t, {}) == t
return setmetatable({}, {__metatable = false}) ~= nil
return getmetatable(setmetatable({}, {__metatable = false}))
setmetatable(setmetatable({}, {__metatable = false}), {})
return collectgarbage()
return collectgarbage('stop')
return collectgarbage('restart')
return type(collectgarbage('count'))
return collectgarbage('nope')
return collectgarbage({})
return loadstring('return 1 + 1')()
return loadstring('local a, b = ... return a + b')(3, 4)
return loadstring('')() == nil
return loadstring('return ...')(5)
return loadstring('return KEYS[1]')()
return {loadstring('x y')}
return loadstring()
return loadstring({})
return loadstring(5)
return load(function() return nil end)() == nil
return load(5)
return load()
local n = 0 return load(function() n = n + 1 return ({'return ', '1', ' + 2'})[n] end)()
return {load(function() return {} end)}
return select(2, load(function() return {} end))
return select(2, load(function() error('in reader') end))
local n = 0 return select(2, load(function() n = n + 1 return ({'x ', '= ='})[n] end))
local n = 0 return select(2, load(function() n = n + 1 return ({'x ', '= ='})[n] end, '=chunk'))
return dofile
return require
return print
return setfenv
return newproxy
return os
return io
return debug
return package
return module
return {math.abs(-5), math.abs(5), math.ceil(1.2), math.ceil(-1.2), math.floor(1.8), math.floor(-1.2)}
return {math.max(1, 5, 3), math.min(1, 5, 3), math.max(7), math.min('3', 2)}
return math.max()
return math.min('x')
return math.max(1, {})
return tostring(math.max(0/0, 1)) .. tostring(math.max(1, 0/0))
return tostring(math.sqrt(16)) .. ' ' .. tostring(math.sqrt(2)) .. ' ' .. math.pow(2, 8) .. ' ' .. math.pow(2, 0.5)
return tostring(math.exp(1)) .. ' ' .. math.log(10) .. ' ' .. math.log10(1000) .. ' ' .. math.log10(2)
return math.sin(1) .. ' ' .. math.cos(1) .. ' ' .. math.tan(1) .. ' ' .. math.asin(1) .. ' ' .. math.acos(0) .. ' ' .. math.atan(1) .. ' ' .. math.atan2(1, 2)
return math.sinh(1) .. ' ' .. math.cosh(1) .. ' ' .. math.tanh(1)
return math.pi .. ' ' .. math.deg(math.pi) .. ' ' .. math.rad(180)
return math.fmod(7, 3) .. ' ' .. math.fmod(-7, 3) .. ' ' .. math.fmod(7, -3) .. ' ' .. math.fmod(5.5, 2) .. ' ' .. math.mod(7, 3)
return tostring(math.fmod(1, 0)) .. tostring(math.fmod(1, math.huge))
return {tostring(math.modf(3.7)), select(2, math.modf(3.5)) * 10}
local a, b = math.modf(-3.5) return a .. ' ' .. b
local a, b = math.modf(math.huge) return a .. ' ' .. b
local a, b = math.modf(-math.huge) return a .. ' ' .. b
local a, b = math.modf(5) return a .. ' ' .. b
local a, b = math.frexp(8) return a .. ' ' .. b
local a, b = math.frexp(0.1) return a .. ' ' .. b
local a, b = math.frexp(-5) return a .. ' ' .. b
local a, b = math.frexp(0) return a .. ' ' .. b
local a, b = math.frexp(1e-310) return a .. ' ' .. b
local a, b = math.frexp(1e308) return a .. ' ' .. b
return math.ldexp(0.5, 4) .. ' ' .. math.ldexp(1, 1023) .. ' ' .. math.ldexp(1, -1074) .. ' ' .. math.ldexp(1, 5000) .. ' ' .. math.ldexp(3, -1080)
return math.huge .. ' ' .. -math.huge
return math.floor('3.7')
return math.floor('x')
return math.floor()
return math.floor(nil)
return math.abs({})
return math.ldexp(1)
return math.atan2(1)
return math.pow(2)
return tostring(math.floor(2^53 + 0.5)) .. tostring(math.floor(-0.5)) .. tostring(math.ceil(-0.5))
return math.floor(1e300) .. ''
return math.random(1, 1)
return math.random(0)
return math.random(2, 1)
return math.random(1, 2, 3)
return math.random('x')
math.randomseed(42) return {math.random(1000), math.random(1000), math.random(1000)}
math.randomseed(42) return math.random() .. ' ' .. math.random() .. ' ' .. math.random()
math.randomseed(-5) return {math.random(1000), math.random(-1000, 1000)}
math.randomseed(2^40 + 3) return {math.random(1000), math.random(1000)}
math.randomseed(1.9) return math.random(1000)
math.randomseed(0) local s = 0 for i = 1, 1000 do s = s + math.random(100) end return s
math.randomseed()
math.randomseed('x')
return {bit.tobit(1), bit.tobit(2^31), bit.tobit(2^32), bit.tobit(-1), bit.tobit(2^32 + 5), bit.tobit(1.5), bit.tobit(2.5), bit.tobit(-0.6)}
return {bit.tobit(2^40 + 7), bit.tobit(2^52 + 1), bit.tobit(-2^40 - 3)}
return {bit.bnot(0), bit.bnot(-1), bit.bnot(0xff), bit.bnot('5')}
return {bit.band(12, 10), bit.bor(12, 10), bit.bxor(12, 10), bit.band(1, 3, 7), bit.bor(1, 2, 4), bit.bxor(1)}
return {bit.lshift(1, 4), bit.rshift(256, 4), bit.arshift(-256, 4), bit.rshift(-256, 4), bit.lshift(1, 31), bit.lshift(1, 32), bit.lshift(1, 33)}
return {bit.rol(0x12345678, 12), bit.ror(0x12345678, 12), bit.rol(1, 0), bit.ror(1, 1), bit.bswap(0x12345678)}
return {bit.tohex(1), bit.tohex(-1), bit.tohex(255, 2), bit.tohex(255, -4), bit.tohex(0x12345678, 4), bit.tohex(5, 0), bit.tohex(5, 20)}
return bit.band()
return bit.band('x')
return bit.band(1, {})
return bit.bnot()
return bit.lshift(1)
return bit.tohex()
return bit.tohex(1, 'x')
return bit.foo
return tostring(coroutine) ~= nil
return type(coroutine.create)
return struct.foo
return cmsgpack.foo
bit.x = 1
math.x = 1
table.x = 1
struct.x = 1
cmsgpack.x = 1
redis.x = 1
`);
