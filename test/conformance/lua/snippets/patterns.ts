import { scriptsIn } from "../scripts-in.ts";

/** Finding, matching and replacing with patterns. */
export const patterns = scriptsIn(String.raw`
return {string.find('hello world', 'wor')}
return {string.find('hello world', 'o', 6)}
return {string.find('hello', 'xyz')}
return {string.find('hello', '')}
return {string.find('hello', '', 10)}
return {string.find('', '')}
return {string.find('hello', 'l+')}
return {string.find('hello', '(l)(l)')}
return {string.find('hello', '()ll()')}
return {string.find('a.b', '.', 1, true)}
return {string.find('a.b', '%.')}
return {string.find('a+b', '+', 1, true)}
return {string.find('abc', 'b', -1)}
return {string.find('abc', 'b', -2)}
return {string.find('abc', 'b', -10)}
return {string.find('abc', '^b', 2)}
return {string.find('abc', '^a')}
return {string.find('abc', 'c$')}
return {string.find('abc', 'b$')}
return {string.find('a$c', '$c')}
return {string.find('a^c', 'a^')}
return {string.find('abc', '[a-b]+')}
return {string.find('abc]', '[]]')}
return {string.find('abc', '[^a]')}
return {string.find('a-c', '[a%-]+')}
return {string.find('a-c', '[-a]+')}
return {string.find('x^y', '[x^]+')}
return {string.find('THE (quick) fox', '%((%a+)%)')}
return {string.find('a\0b', '\0')}
return {string.find('a\0b', '%z')}
return {string.find('a\0b', 'b')}
return {string.find('abc', 'b', nil, true)}
return string.find()
return string.find('a')
return string.find('a', {})
return string.find('a', 'a', 'x')
return string.find('abc', '[a')
return string.find('abc', '[]')
return string.find('abc', '[^]')
return string.find('abc', '%')
return string.find('abc', '(')
return string.find('abc', ')')
return string.find('abc', '(a')
return string.find('abc', 'a)')
return string.find('abc', '%1')
return string.find('abc', '(a)%2')
return string.find('abc', '(a%1)')
return string.find('abc', '%b')
return string.find('abc', '%bx')
return string.find('abc', '%f')
return string.find('abc', '%fa')
return string.find('abc', '[%')
return string.find('abc', '[a-')
return string.find('abc', string.rep('(a)', 33))
return string.find(string.rep('a', 40), string.rep('(a)', 32))
return {string.match('key=value', '(%w+)=(%w+)')}
return {string.match('2024-01-02', '(%d+)-(%d+)-(%d+)')}
return string.match('  trim  ', '^%s*(.-)%s*$')
return string.match('abc', 'b')
return string.match('abc', 'x')
return {string.match('abc', '()')}
return {string.match('abc', '()b()')}
return string.match('abc', '.', 2)
return string.match('abc', '.', -1)
return string.match('abc', '.', 10)
return string.match('f(a(b)c)d', '%b()')
return string.match('THE (quick) fox', '%f[%a]%a+', 5)
return string.match('THE (quick) fox', '%f[%a]%a+%f[%A]')
return string.match('aabb', '(a+)(b+)')
return string.match('abab', '(ab)%1')
return string.match('x"y"z', '(["\'])(.-)%1')
return string.match('aaa', 'a-')
return string.match('aaa', 'a-$')
return string.match('aaab', 'a-b')
return string.match('abc', 'a?b?c?d?')
return string.match('', '.*')
return string.match('abc', '.-')
return string.match('0x1F', '^0[xX](%x+)$')
return string.match('a_b-c', '[%w_]+')
return string.match('tab\there', '%c')
return string.match('A1 b2', '%u%d')
return string.match('A1 b2', '%l%d')
return string.match('x,y;z', '[^,;]+')
return string.match('hello.world', '^(.-)%.(.*)$')
return {string.match('a=1, b=2', '(%w)=(%w), (%w)=(%w)')}
return string.match('\255\254', '[\254-\255]+')
return string.match('é', '%a') == nil
return string.match('abc', '%a*$')
return string.match('abc123', '%a+%d-$')
return string.match(123, '%d')
return {string.gsub('hello', 'l', 'L')}
return {string.gsub('hello', 'l', 'L', 1)}
return {string.gsub('hello', 'l', 'L', 0)}
return {string.gsub('hello', '', '-')}
return {string.gsub('hello', '.', '%0%0')}
return {string.gsub('hello world', '(%w+)', '<%1>')}
return {string.gsub('hello world', '%w+', '%0 %0', 1)}
return {string.gsub('hello', '(h)(e)', '%2%1')}
return {string.gsub('abc', '%w', '%%%0')}
return {string.gsub('abc', 'b', '%x')}
return {string.gsub('abc', 'b', '%')}
return {string.gsub('abc', 'b', '%9')}
return {string.gsub('abc', '(b)', '%2')}
return {string.gsub('abc', 'b', {b = 'X'})}
return {string.gsub('abc', '%w', {a = 1, b = true, c = false})}
return {string.gsub('abc', '%w', {a = 1, b = 'two'})}
return {string.gsub('abc', '(%w)(%w)', {a = 'x'})}
return {string.gsub('abc', '%w', function(c) return c .. c end)}
return {string.gsub('abc', '%w', function(c) if c == 'b' then return false end return nil end)}
return {string.gsub('abc', '(a)(b)', function(a, b) return b .. a end)}
return {string.gsub('abc', '()', function(p) return p end)}
return {string.gsub('abc', '%w', function() return {} end)}
return {string.gsub('abc', '%w', function() return 5 end)}
return {string.gsub('abc', '^a', 'x')}
return {string.gsub('aaa', '^a', 'x')}
return {string.gsub('abc', 'c$', 'x')}
return {string.gsub('$name is $age', '%$(%w+)', {name = 'Bob', age = 42})}
return {string.gsub('a b c', ' ', '')}
return {string.gsub('abc', '.', setmetatable({}, {__index = function(_, k) return k:upper() end}))}
return {string.gsub('a\0b', '%z', '0')}
return {string.gsub('abc', 'x*', '-')}
return {string.gsub('hello world', 'o', '0', '1')}
return {string.gsub('abc', 'b', 5)}
return string.gsub('abc', 'b')
return string.gsub('abc', 'b', true)
return string.gsub('abc', 'b', nil)
return string.gsub('abc')
return string.gsub('abc', '(', 'x')
return string.gsub('abc', 'b', 'x', 'y')
local t = {} for w in string.gmatch('one two three', '%a+') do t[#t + 1] = w end return t
local t = {} for k, v in string.gmatch('a=1, b=2', '(%w+)=(%w+)') do t[#t + 1] = k .. v end return t
local t = {} for w in string.gmatch('abc', '') do t[#t + 1] = 'x' end return #t
local t = {} for p in string.gmatch('abc', '()') do t[#t + 1] = p end return t
local t = {} for w in string.gmatch('abc', 'x*') do t[#t + 1] = #w end return t
local t = {} for w in string.gmatch('abc', '^a') do t[#t + 1] = w end return t
local t = {} for w in ('a,b,,c'):gmatch('([^,]*)') do t[#t + 1] = w end return t
local t = {} for w in string.gfind('a b', '%a') do t[#t + 1] = w end return t
return string.gmatch('abc')
return string.gmatch()
return ('test'):find('t', 2)
return table.concat({('a b c'):match('(%a) (%a) (%a)')}, '-')
return ('CamelCaseString'):gsub('(%u)', ' %1')
`);
