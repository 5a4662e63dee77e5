import { scriptsIn } from "../scripts-in.ts";

/** Tables: their library, their order, their length. */
export const tables = scriptsIn(String.raw`
return {next({})}
return {next({7})}
return {next({7}, 1)}
return {next({a = 1})}
return next({}, 'nokey')
return next()
return next(5)
local t = {1, 2, 3, a = 4} local n = 0 for k in next, t do n = n + 1 end return n
local t = {} for i = 1, 20 do t['k' .. i] = i end for k in pairs(t) do t[k] = nil end return next(t) == nil
local t = {} for i = 1, 20 do t['k' .. i] = i end local s = '' for k, v in pairs(t) do s = s .. k .. '=' .. v .. ' ' end return s
local t = {a = 1, b = 2, c = 3, d = 4, e = 5, f = 6, g = 7} local s = '' for k, v in pairs(t) do s = s .. k .. v end return s
local t = {} for _, k in ipairs({'id', 'name', 'state', 'epoch', 'topic', 'payload'}) do t[k] = #k end local s = '' for k, v in pairs(t) do s = s .. k .. v end return s
local t = {1, 2, x = 1, 3, y = 2, [10] = 5, [1.5] = 6, [-1] = 7, [true] = 8} local s = '' for k, v in pairs(t) do s = s .. tostring(k) .. ':' .. v .. ' ' end return s
local t = {} for i = 10, 1, -1 do t[i] = i end local s = '' for k in pairs(t) do s = s .. k .. ' ' end return s
local t = {} for i = 1, 50, 3 do t[i] = i end local s = '' for k in pairs(t) do s = s .. k .. ' ' end return s
local t = {} for i = 1, 10 do t[i * 1000] = i end local s = '' for k in pairs(t) do s = s .. k .. ' ' end return s
local t = {} for i = 1, 10 do t[i / 4] = i end local s = '' for k in pairs(t) do s = s .. k .. ' ' end return s
local t = {x = 1, y = 2, z = 3} t.y = nil t.w = 4 t.v = 5 local s = '' for k, v in pairs(t) do s = s .. k .. v end return s
local t = {} for i = 1, 40 do t['a' .. i] = i if i % 3 == 0 then t['a' .. i - 1] = nil end end local s = '' for k in pairs(t) do s = s .. k .. ' ' end return s
local t = {} for i = 1, 10 do t[i] = i t['s' .. i] = i end for i = 1, 10, 2 do t[i] = nil end local s = '' for k in pairs(t) do s = s .. k .. ' ' end return s
local t = {[3] = 'c', [1] = 'a', [2] = 'b'} local s = '' for k in pairs(t) do s = s .. k end return s .. #t
local t = {true, false, true} local s = '' for k, v in pairs(t) do s = s .. k .. tostring(v) end return s
local t = {} t.a = 1 t[1] = 1 t.b = 2 t[2] = 2 t.c = 3 t[3] = 3 local s = '' for k in pairs(t) do s = s .. k end return s
local s = '' for k in pairs({['a b'] = 1, ['long key with many characters in it, more than thirty-two of them'] = 2, [''] = 3}) do s = s .. k .. ';' end return s
local t = {} for i = 1, 5 do t[{}] = i end local n = 0 for k in pairs(t) do n = n + 1 end return n
return {ipairs({})}[2] == nil
local a, b, c = ipairs({1}) return {type(a), type(b), c}
local a, b, c = pairs({1}) return {type(a), type(b), c == nil, a == next}
return pairs()
return ipairs()
return ipairs('x')
return {unpack({1, 2, 3})}
return {unpack({1, 2, 3}, 2)}
return {unpack({1, 2, 3}, 2, 3)}
return {unpack({1, 2, 3}, 2, 5)}
return {unpack({1, nil, 3})}
return {unpack({}, 1, 3)}
return select('#', unpack({}, 1, 3))
return {unpack({1, 2}, -1, 1)}
return {unpack({1, 2, 3}, '2')}
return unpack()
return unpack({}, 'x')
return select('#', unpack({}, 1, 7990))
return unpack({}, 1, 1e6)
return unpack({}, 1, 1e9)
return table.concat({1, 2, 3})
return table.concat({}, ',')
return table.concat({'a', 'b'}, ', ')
return table.concat({'a', 'b', 'c'}, ',', 2)
return table.concat({'a', 'b', 'c'}, ',', 2, 2)
return table.concat({'a', 'b', 'c'}, ',', 3, 2)
return table.concat({1.5, 2, '3'}, ' ')
return table.concat({1, true})
return table.concat({1, nil, 3})
return table.concat({[2] = 'x'}, ',', 1, 2)
return table.concat({1, 2}, 5)
return table.concat({1, 2}, {})
return table.concat()
return table.concat('x')
return table.concat({1, 2}, ',', 'x')
local t = {1, 2} table.insert(t, 3) return t
local t = {1, 2} table.insert(t, 1, 0) return t
local t = {1, 2} table.insert(t, 3, 3) return t
local t = {1, 2} table.insert(t, 6, 6) return {#t, t[6]}
local t = {1, 2} table.insert(t, -1, 9) return {t[1], t[2], t[-1]}
local t = {1, 2} table.insert(t, '1', 0) return t
local t = {1, 2} table.insert(t, 'x', 0) return t
local t = {1, 2} table.insert(t, nil) return #t
return select('#', table.insert({}, 1))
table.insert()
table.insert({})
table.insert({}, 1, 2, 3)
table.insert(nil, 1)
table.insert(5, 1)
local t = {1, 2, 3} return {table.remove(t), #t}
local t = {1, 2, 3} return {table.remove(t, 1), t[1], t[2], #t}
local t = {1, 2, 3} return {table.remove(t, 2), t[1], t[2], #t}
local t = {1, 2, 3} return {select('#', table.remove(t, 4)), #t}
local t = {1, 2, 3} return {select('#', table.remove(t, 0)), #t}
return select('#', table.remove({}))
return table.remove()
return table.remove({1}, 'x')
local t = {} for i = 1, 5 do table.insert(t, 1, i) end return t
local t = {1, 2, 3, 4, 5} while #t > 0 do table.remove(t, 1) end return #t
local t = {3, 1, 2} table.sort(t) return t
local t = {'b', 'a', 'C', 'B'} table.sort(t) return t
local t = {5, 2, 8, 1, 9, 3, 7, 4, 6, 0} table.sort(t, function(a, b) return a > b end) return t
local t = {} for i = 1, 100 do t[i] = (i * 37) % 101 end table.sort(t) return table.concat(t, ' ')
local t = {} for i = 1, 60 do t[i] = {k = i % 7, i = i} end table.sort(t, function(a, b) return a.k < b.k end) local s = '' for _, v in ipairs(t) do s = s .. v.i .. ' ' end return s
local n = 0 local t = {5, 3, 1, 4, 2} table.sort(t, function(a, b) n = n + 1 return a < b end) return n
local s = '' local t = {5, 3, 1, 4, 2} table.sort(t, function(a, b) s = s .. a .. b .. ' ' return a < b end) return s
local t = {} table.sort(t) return #t
local t = {1} table.sort(t) return t
local t = {2, 1} table.sort(t) return t
local t = {1, 1, 1, 1} table.sort(t) return t
local t = {3, 1, 2} table.sort(t, function(a, b) return true end) return t
local t = {1, 2, 3, 4, 5, 6} table.sort(t, function(a, b) return true end) return t
local t = {1, 2, 3, 4, 5, 6} table.sort(t, function(a, b) return nil end) return t
table.sort({1, 'x'})
table.sort({{}, {}})
table.sort({1, 2, nil, 4})
table.sort({3, 2, 1}, 5)
table.sort()
table.sort({2, 1}, function(a, b) error('cmp') end)
table.sort({2, 1}, function(a, b) return a.x < b.x end)
return {pcall(table.sort, {2, 1, 'x'})}
return table.maxn({1, 2, 3}) + table.maxn({}) + table.maxn({[100] = 1, [5.5] = 2}) + table.maxn({[-5] = 1})
return table.maxn()
return table.getn({1, 2, 3})
return table.getn()
table.setn({}, 1)
table.setn()
return table.foreach({1, 2}, function(k, v) if v == 2 then return k .. v end end)
return table.foreach({1, 2}, function() end) == nil
return table.foreach({}, 5)
return table.foreachi({1, 2, nil, 4}, function(i, v) if v == 2 then return 'two' end end)
return table.foreachi({1}, nil)
return table.pack
return table.unpack
return table.move
`);
