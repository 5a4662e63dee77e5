import { scriptsIn } from "../scripts-in.ts";

/** cmsgpack and struct. */
export const packing = scriptsIn(String.raw`
return cmsgpack.pack()
return cmsgpack.pack(1,2,'a')
return cmsgpack.pack(nil)
return cmsgpack.pack({})
return cmsgpack.pack({a=1})
return cmsgpack.pack({1,2,nil,4})
return cmsgpack.pack({1.5,0.1,-1,-33,-129,-40000,-3e9,127,128,255,256,65535,65536,2^32,2^53,1e300,1/0})
return cmsgpack.pack(string.rep('a',31))
return cmsgpack.pack(string.rep('a',32))
return #cmsgpack.pack(string.rep('a',256))
return #cmsgpack.pack(string.rep('a',65536))
return cmsgpack.pack(true,false,tostring)
local t={} for i=1,20 do t={t} end return cmsgpack.pack(t)
local t={} for i=1,20 do t[i]=i end return cmsgpack.pack(t)
local t={} for i=1,20 do t['k'..i]=i end return cmsgpack.pack(t)
return cmsgpack.unpack()
return cmsgpack.unpack('')
return {cmsgpack.unpack(cmsgpack.pack(1,'a',{1,2},true,nil,-5,1.5))}
return cmsgpack.unpack('\147\1')
return cmsgpack.unpack('\193')
return {cmsgpack.unpack_one(cmsgpack.pack(1,2,3))}
return {cmsgpack.unpack_one(cmsgpack.pack(1,2,3),1)}
return {cmsgpack.unpack_one(cmsgpack.pack(1,2,3),2)}
return {cmsgpack.unpack_one(cmsgpack.pack(1,2,3),3)}
return {cmsgpack.unpack_one(cmsgpack.pack(1,2,3),4)}
return {cmsgpack.unpack_one(cmsgpack.pack(1,2,3),-1)}
return {cmsgpack.unpack_limit(cmsgpack.pack(1,2,3),2)}
return {cmsgpack.unpack_limit(cmsgpack.pack(1,2,3),2,1)}
return {cmsgpack.unpack_limit(cmsgpack.pack(1,2,3),0)}
return {cmsgpack.unpack_limit(cmsgpack.pack(1,2,3),-1)}
return cjson.encode({cmsgpack.unpack(cmsgpack.pack({a={b={1,2,3}},c='x'}))})
return cmsgpack.unpack('\202\63\192\0\0')
return tostring(cmsgpack.unpack('\203\63\240\0\0\0\0\0\0'))
return {cmsgpack.unpack('\208\255\209\255\254\210\255\255\255\253\211\255\255\255\255\255\255\255\252')}
return {cmsgpack.unpack('\204\255\205\255\254\206\255\255\255\253\207\0\0\0\1\255\255\255\252')}
return cmsgpack.unpack('\129\192\1')
return {cmsgpack.unpack('\217\3abc\218\0\3abd\219\0\0\0\3abe')}
return {cmsgpack.unpack('\196\3abc')}
return {#cmsgpack.unpack('\220\0\2\1\2'), #cmsgpack.unpack('\221\0\0\0\2\1\2')}
return struct.pack('')
return struct.pack('b',1)
return struct.pack('>i4',-2)
return struct.pack('<i4',-2)
return struct.pack('i3',5)
return struct.pack('>I8',2^40)
return struct.pack('>l>h>H',1,2,3)
return struct.pack('f',1.5)
return struct.pack('>d',1.5)
return struct.pack('s','abc')
return struct.pack('c5','abcdefg')
return struct.pack('c5','abc')
return struct.pack('c0','abcdefg')
return struct.pack('xxb',1)
return struct.pack('!4bi4',1,2)
return struct.pack('!bd',1,2)
return struct.pack('!3b',1)
return struct.pack('i99',1)
return struct.pack('y',1)
return struct.pack('i')
return struct.pack('i','x')
return struct.pack()
return {struct.unpack('b','\255')}
return {struct.unpack('B','\255')}
return {struct.unpack('>i4','\255\255\255\254')}
return {struct.unpack('>I4','\255\255\255\254')}
return {struct.unpack('<h','\1\2')}
return {struct.unpack('s','abc\0def')}
return {struct.unpack('s','abc')}
return {struct.unpack('c2','abc')}
return {struct.unpack('bc0','\2abc')}
return {struct.unpack('c0','abc')}
return {struct.unpack('i4','abc')}
return {struct.unpack('bbb','abc',2)}
return {struct.unpack('b','abc',3)}
return {struct.unpack('b','abc',0)}
return {struct.unpack('b','abc',-1)}
return {tostring((struct.unpack('f',struct.pack('f',1.5)))), tostring((struct.unpack('>d',struct.pack('>d',0.1))))}
return struct.size('b')
return {struct.size('i4hd'), struct.size('!i4hd'), struct.size('!8bd'), struct.size('c10'), struct.size('xx'), struct.size('T'), struct.size('l'), struct.size('<>=')}
return struct.size('s')
return struct.size('c0')
return struct.pack('>I2I2',65537,-1)
return struct.pack('>i8',-1)
return struct.pack(' b b',1,2)
return struct.pack('T',5)
return struct.pack('=i4',5)
return struct.pack('i4',1e10)
return struct.pack('L',-1)
return {struct.unpack('>i8','\255\255\255\255\255\255\255\255')}
return tostring(struct.unpack('>I8','\255\255\255\255\255\255\255\255'))
`);
