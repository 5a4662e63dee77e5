import { scriptsIn } from "../scripts-in.ts";

/** What goes wrong when a script runs. */
export const errors = scriptsIn(String.raw`
local x return x + 1
local x return 1 + x
local x = {} return x.y + 1
local x = {} return x.y.z
local x = {} return x.y.z.w
local x = {} return x[1][2]
local x = {} local k = 'key' return x[k][2]
return nil + 1
return {} + 1
return 'abc' + 1
return 'abc' .. {}
return {} .. 'abc'
return 1 .. nil
local x return 'a' .. x
local x return x .. 'a'
local x = {} return 'a' .. x.b .. 'c'
local x = {} return 'a' .. x.b.c
return true .. 'x'
return -{}
return -nil
local x = 'abc' return -x
return #nil
return #5
local x return #x
local x = {} return #x.y
return 1 < '2'
return '1' < 2
return {} < 1
return nil < 1
return nil < nil
return true < false
return {} <= {}
return 1 > 'x'
return 1 >= nil
return tostring < tostring
return cjson.null < cjson.null
local f f()
local t = {} t.x()
local t = {} t:x()
local t = {} t.x.y()
local t = {} t[1]()
local t = {x = 5} t.x()
local t = {x = 5} t:x()
(1)()
('x')()
local x = 'str' x()
local x = 'str' x.y.z = 1
local x = 'str' return x.foo.bar
local x = 'str' return x:foo()
nofunc()
nofunc.x = 1
return string.nope()
string.nope.x()
return redis.nope()
redis.nope = 1
string = 5
x = 1
x, y = 1, 2
function f() end
function string.f() end
local function f() undefinedvar = 1 end f()
_G.x = 1
_G['x'] = 1
rawset(_G, 'x', 1)
setmetatable(_G, nil)
getmetatable('').__index = nil
getmetatable('').__index.x = 1
table.insert(string, 1)
table.remove(redis)
local x x.y = 1
local x x[1] = 1
local x = {} x.y.z = 1
local x = {} x[nil] = 1
local x = {} x[0/0] = 1
local x = {[nil] = 1}
local x = {[0/0] = 1}
local t = {} t[nil] = nil
rawset({}, nil, 1)
for i = 'a', 2 do end
for i = 1, 'b' do end
for i = 1, 2, 'c' do end
for i = nil, 2 do end
for i = 1, nil do end
for i = 1, {} do end
for x in 5 do end
for x in {} do end
for x in pairs() do end
for x in pairs(nil) do end
for x in ipairs(5) do end
for k, v in nil, 1 do end
local t for k in pairs(t) do end
local t for k in t do end
local function f() local x = nil return x.y end return f()
local u local function f() return u.x end return f()
local u local function f() return u + 1 end return f()
local u local function f() u.x = 1 end f()
local u local function f() u() end f()
local u = {} local function f() return u.a.b end return f()
local t = setmetatable({}, {__index = function(t, k) error('no ' .. k) end}) return t.foo
local t = setmetatable({}, {__index = function(t, k) return nil + 1 end}) return t.foo
local t = setmetatable({}, {__add = function() error('bad add') end}) return t + 1
local t = setmetatable({}, {__add = 5}) return t + 1
local t = setmetatable({}, {__index = 5}) return t.x
local t = setmetatable({}, {__call = 5}) return t()
local t = {} t = setmetatable(t, {__index = t}) return t.x == nil
local a = setmetatable({}, {}) getmetatable(a).__index = a return a.x
local a, b = {}, {} setmetatable(a, {__index = b}) setmetatable(b, {__index = a}) return a.x
local a, b = {}, {} setmetatable(a, {__newindex = b}) setmetatable(b, {__newindex = a}) a.x = 1
error('msg')
error('msg', 0)
error('msg', 1)
error('msg', 2)
error({err = 'MYERR custom'})
error({err = 'MYERR custom', extra = 1})
error(setmetatable({err = 'X y'}, {}))
error(5)
error(true)
error(nil)
error()
error('multi\nline')
error('x\0y')
error('')
local function f() error('in f') end f()
local function f() error('in f', 2) end f()
local function f() error('in f', 2) end local function g() f() end g()
local function f() error('in f', 3) end local function g() f() end g()
local ok, e = pcall(error, 'x') return {ok, e}
local ok, e = pcall(error, 'x', 2) return {ok, e}
local ok, e = pcall(error, {err = 'A b'}) return {ok, e}
local ok, e = pcall(error, {x = 1}) return {ok, type(e)}
local ok, e = pcall(error) return {ok, e == nil}
local ok, e = pcall(function() error('deep') end) return e
local ok, e = pcall(function() error('deep', 2) end) return e
local ok, e = pcall(function() error({code = 7}) end) return e.code
local ok, e = pcall(function() local x = nil + 1 end) return e
local ok, e = pcall(function() redis.call('nosuch') end) return e
local ok, e = pcall(redis.call, 'nosuch') return {ok, e}
local ok, e = pcall(redis.call) return {ok, e}
local r = redis.pcall('nosuch') return r.err
local r = redis.pcall('nosuch') return r
return redis.call('nosuch')
return redis.call('get')
return redis.call('get', 'a', 'b', 'c')
redis.call('set', 'k', 'v') return redis.call('incr', 'k')
redis.call('set', 'k', 'v') return redis.pcall('incr', 'k')
redis.call('set', 'k', 'v') local ok, e = pcall(redis.call, 'incr', 'k') return e
redis.call('set', 'k', 'v') redis.call('lpush', 'k', 'x')
redis.call('set', 'k', 'v') return redis.pcall('lpush', 'k', 'x')['err']
local ok, e = pcall(pcall) return {ok, e}
local ok, e = pcall(pcall, error, 'x') return {ok, e}
return pcall(nil)
return {pcall(nil)}
return {pcall(5)}
return {pcall({})}
return pcall()
return {select('#', pcall(function() return 1, nil, nil end))}
return {xpcall(function() error('x') end, function(e) return e .. '!' end)}
return {xpcall(function() error({err = 'T x'}) end, function(e) return e.err end)}
return {xpcall(function() return 1, 2 end, function() end)}
return {xpcall(nil, function(e) return e end)}
return xpcall()
return xpcall(function() end)
assert(false)
assert(nil, 'message')
assert(false, 'multi', 'args')
assert(1 == 2, 'no: ' .. 5)
return assert('x')
return select('#', assert(1, 2, 3))
return {assert(1, 2, 3)}
assert(false, nil)
assert(false, 5)
local a = {} a.b:c()
local a = {} a:b():c()
local a = 5 a:b()
local a = nil a:b()
local a = true a:b()
return ('x'):bad()
return ('x').y.z
return (5).x
return (nil).x
return (function() end).x
return (function() end)().x
return (function() return nil end)() + 1
return tostring(nil) .. nil
return nil .. nil
local a, b = 1, {} return a < b
local a, b = 'x', 1 return a <= b
local t = {{}} return t[1].x.y
local t = {} return t.a.b.c.d
local t = {} return t['a b'].c
local t = {} t['a b'].c = 1
local t = {} return t[1.5].x
local t = {} return t[true].x
local i = 1 local t = {} return t[i].x
local t = {} return t[#t].x
return KEYS.x.y
return ARGV[10] + 1
return ARGV[10] .. 'x'
return ARGV[10].x
return #ARGV[10]
return KEYS[1] + 1
return KEYS[1].x.y
return KEYS()
return ARGV[1]()
return math.foo()
return cjson.foo.bar
return tostring.x
return redis.call.x
local x = redis.call('get', 'nokey') return x.y
local x = redis.call('get', 'nokey') return x .. 'a'
local x = redis.call('get', 'nokey') return x + 1
local x = redis.call('get', 'nokey') return x < 1
local x = redis.call('get', 'nokey') return #x
local function a() local function b() local function c() error('nested') end c() end b() end a()
`);
