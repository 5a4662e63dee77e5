import { scriptsIn } from "../scripts-in.ts";

/** Things met on the way. */
export const edges = scriptsIn(String.raw`
assert(false,'x')
assert(nil,{err='Q q'})
assert()
return assert(1,2)
return #{unpack({},1,7000)}
return #{unpack({},1,8000)}
return {pcall(unpack,{},1,1e8)}
return tostring(1,2)
return tonumber('0x10')
return tostring(tonumber('1e1'))
return tonumber('10',2)
return tonumber('z',36)
return tonumber('8',8)
return tonumber()
return tonumber({})
return {tonumber('  12  '), tonumber('12a'), tonumber(''), tonumber('0x')}
return tostring(tonumber('inf'))
return {select('#'), select('#',nil,nil), select(-1,1,2,3)}
return {select(2,'a','b','c')}
return select(0,1)
return select(-5,1)
return {pcall(select)}
return {pcall(next,{},1)}
return {pcall(setmetatable,1,{})}
return {pcall(setmetatable,{},1)}
return {pcall(error,{err='E x'})}
return {pcall(error,{a=1})}
return {xpcall(function() error('x') end, function(m) return 'H:'..m end)}
return {xpcall(function() return 1,2 end, print)}
return {pcall(function() local x = nil; x.y = 1 end)}
return {pcall(function() undefined_f() end)}
return collectgarbage('x')
return collectgarbage('step')
return loadstring('return 1+')
return {loadstring('return 1+')}
return {loadstring('x = = 2', '=name')}
return {loadstring('x = = 2', '@name')}
return {load(function() return nil end)}
local a = {'return ', '5'} local i = 0 return load(function() i=i+1 return a[i] end)()
return {pcall(string.rep, 'x', -1)}
return {string.rep('ab', 3)}
table.sort({3,2,1}, error)
return string.gsub('abc','b',error)
error('a\nb')
error({err='a\r\nb'})
return {err='a\nb'}
return {ok='a\nb'}
return {err=1}
error({err=1})
return {err='noprefix'}
return {err='-X y'}
return {double=1.5}
return {map={a=1}}
return {set={a=1}}
return {big_number='123'}
return {verbatim_string={format='txt',string='hi'}}
return {1,2,nil,4}
return {1,false,true,'x',{1,{2}}}
return redis.status_reply('x y')
return redis.status_reply(1)
return redis.log(2)
return redis.log('x','y')
return redis.log(9,'y')
return {redis.log(0,'y')}
return redis.sha1hex('a')
return redis.sha1hex(1)
return redis.setresp(4)
return redis.set_repl(9)
return {redis.replicate_commands(), 5}
return {redis.breakpoint(), 6}
return {redis.debug('x'), 7}
local function f() return error('x', 2) end f()
local function f() error('x', 2) end return f()
local function f() error('x', 3) end local function g() f() end g()
error('x', 0)
error('x', 1)
loadstring('error("x")')()
loadstring('local x = nil + 1')()
loadstring('error("x")','=my')()
return {pcall(loadstring('return foo'))}
return cjson.encode(redis.pcall('foo'))
return cjson.encode({pcall(redis.call,'foo')})
local t = setmetatable({},{__index=string.rep}) return t.x
local t = setmetatable({},{__tostring=function() return 1 end}) return tostring(t)
return tostring(setmetatable({},{__tostring=function() return 'T' end}))
return getmetatable(setmetatable({},{__metatable='no'}))
setmetatable(setmetatable({},{__metatable='no'}),{})
return {next({5})}
return rawget(1,2)
return rawlen
return table.concat({1,{},3})
return table.concat({1,2,3},', ',2,3)
return table.concat({1,2,3},', ',2,4)
table.insert({},1,2,3)
return table.insert({1},5,2)
local t={1} table.insert(t,5,2) return t
return table.remove({})
return {table.remove({1,2,3},1)}
return {table.remove({1,2,3},7)}
return table.getn({1,2})
table.setn({},1)
return table.maxn({1,2,[10]=1})
return table.foreach({a=1},function(k,v) return k end)
return table.foreachi({1,2},function(k,v) if v==2 then return 'x' end end)
return table.concat({},1,2)
return table.sort({3,1,'x'})
local t={3,1,2} table.sort(t,function(a,b) return a>b end) return t
local t={3,1,2,5,4} table.sort(t,function(a,b) return true end) return t
return select('#', pcall())
return {select('#', pcall()), tostring((select(2, pcall())))}
return xpcall(error, 5)
return {xpcall(error, 5)}
return {xpcall(error, error)}
return {xpcall(function() error('a') end, function(e) error('b') end)}
local t = {} for i = 1, 30 do t[string.rep('k', i * 3) .. i] = i end local s = '' for k, v in pairs(t) do s = s .. v .. ' ' end return s
return pcall(load, function() error('in reader') end)
return {pcall(function() return load(function() error('in reader') end) end)}
return {pcall(function() return load(function() error({err='X y'}) end) end)}
local _, e = load(function() error({err='X y'}) end) return {e.err, e.source, e.line}
local a, b, t = nil, 1, {} return ((a or b) and t.x) + 1
local a, b, t = nil, 1, {} return ((b and a) or t.x) + 1
local a, b, t = nil, 1, {} return (a or t.x) + 1
local a, b, t = nil, 1, {} return (b and t.x) + 1
local a, b, t = nil, 1, {} return ((b == 1) and t.x) + 1
local a, b, t = nil, 1, {} return (not a and t.x) + 1
local a, b, t = nil, 1, {} return (not (a and b) and t.x) + 1
local a, b, t = nil, 1, {} return ((a or b) and (a or b) and t.x) + 1
local a, b, t = nil, 1, {} return (((a or b) and t) or b).x.y
local a, b, t = nil, 1, {} return ((a or b) and t.f)()
local a, b, t = nil, 1, {} return (a or t.f)()
`);
