import { scriptsIn } from "../scripts-in.ts";

/** The API of Redis: commands, replies, errors, logging. */
export const redis = scriptsIn(String.raw`
return redis.call('ping')
return redis.call('PING', 'hi')
return redis.call('set', 'k', 'v')
return redis.call('set', 'k', 'v')['ok']
return redis.call('set', 'k', 1)
redis.call('set', 'k', 1.5) return redis.call('get', 'k')
redis.call('set', 'k', 0.1) return redis.call('get', 'k')
redis.call('set', 'k', 1e20) return redis.call('get', 'k')
redis.call('set', 'k', 123456789012345678) return redis.call('get', 'k')
redis.call('set', 'k', 2^53) return redis.call('get', 'k')
redis.call('set', 'k', -0) return redis.call('get', 'k')
redis.call('set', 'k', 1/3) return redis.call('get', 'k')
redis.call('set', 'k', 1/0) return redis.call('get', 'k')
redis.call('set', 'k', 1e-5) return redis.call('get', 'k')
redis.call('set', 'k', '10') return redis.call('incr', 'k') + 1
return redis.call('get', 'nokey')
return redis.call('get', 'nokey') == false
return type(redis.call('get', 'nokey'))
return {redis.call('get', 'nokey'), 1}
return redis.call('mget', 'nokey', 'nokey2')
local r = redis.call('mget', 'nokey', 'nokey2') return {#r, r[1] == false}
redis.call('del', 'l') redis.call('rpush', 'l', 'a', 'b', 'c') return redis.call('lrange', 'l', 0, -1)
redis.call('del', 'l') redis.call('rpush', 'l', 'a', 'b', 'c') return #redis.call('lrange', 'l', 0, -1)
redis.call('del', 'h') redis.call('hset', 'h', 'f', 'v', 'g', 2) return redis.call('hgetall', 'h')
redis.call('del', 'h') redis.call('hset', 'h', 'f', 'v') local r = redis.call('hmget', 'h', 'f', 'x') return {r[1], tostring(r[2])}
redis.call('del', 'z') redis.call('zadd', 'z', 1.5, 'a', 2, 'b') return redis.call('zrange', 'z', 0, -1, 'withscores')
redis.call('del', 'z') redis.call('zadd', 'z', 1.5, 'a') return redis.call('zscore', 'z', 'a')
redis.call('set', 'n', '9223372036854775807') return tostring(redis.call('incrby', 'n', 0))
redis.call('set', 'n', '9223372036854775807') return redis.call('incrby', 'n', 0)
redis.call('set', 'n', '9007199254740993') return redis.call('incrby', 'n', 0)
return redis.call('exists', 'nokey')
return redis.call('exists', 'nokey') == 0
return redis.call()
return redis.pcall()
return redis.call('get', {})
return redis.call('get', nil)
return redis.call('get', true)
return redis.pcall('get', {})
return redis.call({})
return redis.call('set', 'k', redis.call('ping'))
return redis.call('eval', 'return 1', 0)
return redis.call('multi')
return redis.call('subscribe', 'x')
return redis.call('blpop', 'nokey', 0)
return redis.call('select', 1)
return redis.call('type', 'nokey')
return redis.call('type', 'nokey')['ok']
return redis.error_reply('ERR my error')
return redis.error_reply('MYCODE my error')
return redis.error_reply('-MYCODE my error')
return redis.error_reply('single')
return redis.error_reply('-single')
return redis.error_reply('a b\r\n')
return redis.error_reply('a\nb c')
return redis.error_reply(' x')
return redis.error_reply('-')
return redis.error_reply('')
return redis.error_reply()
return redis.error_reply(5)
return redis.error_reply({})
return redis.error_reply('a', 'b')
return redis.error_reply('MY err').err
return type(redis.error_reply('x y'))
return cjson.encode(redis.error_reply('x y'))
return redis.status_reply('FINE')
return redis.status_reply('FINE and well')
return redis.status_reply('a\r\nb')
return redis.status_reply('')
return redis.status_reply()
return redis.status_reply(5)
return redis.status_reply('x').ok
return {ok = 'FINE'}
return {err = 'MY err'}
return {err = 'single'}
return {err = ''}
return {err = 'a\r\nb'}
return {err = 'a', ok = 'b'}
return {err = 5, ok = 'b'}
return {ok = 5}
return {ok = true, 1, 2}
return {1, {ok = 'x'}, {err = 'E y'}}
return {1, redis.error_reply('E y'), 2}
return {double = 3.5}
return {double = 3}
return {double = 1e100}
return {double = 0.1}
return {double = 1/0}
return {double = -1/0}
return {double = 'x'}
return {map = {a = 1}}
return {map = {}}
return {map = {{1, 2}, 'x'}}
return {map = 5}
return {set = {a = true}}
return {set = {}}
return {big_number = '12345678901234567890'}
return {big_number = 5}
return {verbatim_string = {format = 'txt', string = 'hello'}}
return {verbatim_string = {string = 'hello'}}
return {verbatim_string = 'x'}
return nil
return true
return false
return {true, false, true}
return {true, nil, true}
return {nil}
return {}
return {{}}
return {{}, {{}}}
return 'text'
return ''
return 'bin\0ary\255'
return 1
return 1.9
return -1.9
return -0.5
return 2^31
return 2^53
return 2^62
return 2^63
return -2^63
return -2^63 - 2^20
return 1e300
return -1e300
return 1/0
return -1/0
return 0/0
return {1.5, 2.5}
return {1, '2', 3.9, {4, '5', {6}}}
return {1, 2, 3, nil, 5}
return {[1] = 'a', [3] = 'c'}
return {a = 1}
return {1, a = 2}
return function() end
return tostring
return cjson.null
return {cjson.null, 1}
return {tostring, 1}
return setmetatable({}, {__index = function(t, k) if k < 3 then return k end end})
local t = {} t[1] = t return #t
return 1, 2, 3
return KEYS
return ARGV
return {KEYS, ARGV}
return redis.sha1hex('')
return redis.sha1hex('abc')
return redis.sha1hex('bin\0\255')
return redis.sha1hex(5)
return redis.sha1hex({})
return redis.sha1hex(nil)
return redis.sha1hex()
return redis.sha1hex('a', 'b')
return redis.log()
return redis.log(redis.LOG_WARNING)
return redis.log('x', 'y')
return redis.log(-1, 'y')
return redis.log(4, 'y')
return redis.log({}, 'y')
return redis.log('2', 'y')
return select('#', redis.log(redis.LOG_DEBUG, 'a', 'b', 5, {}))
return {redis.LOG_DEBUG, redis.LOG_VERBOSE, redis.LOG_NOTICE, redis.LOG_WARNING}
return {redis.REPL_NONE, redis.REPL_AOF, redis.REPL_SLAVE, redis.REPL_REPLICA, redis.REPL_ALL}
return {redis.REDIS_VERSION, redis.REDIS_VERSION_NUM}
return redis.setresp(2)
return redis.setresp()
return redis.setresp(1)
return redis.setresp('x')
return redis.setresp(2, 3)
return redis.set_repl(redis.REPL_ALL)
return redis.set_repl()
return redis.set_repl(8)
return redis.set_repl('x', 'y')
return redis.replicate_commands()
return redis.breakpoint()
return redis.debug('x')
return select('#', redis.debug('x'))
return redis.acl_check_cmd()
return redis.acl_check_cmd({})
local t = redis.call('time') return {#t, type(t[1]), #t[2] <= 6}
redis.call('del', 's') redis.call('sadd', 's', 'only') return redis.call('smembers', 's')
redis.call('set', 'cnt', 5) local v = redis.call('get', 'cnt') return v + 1
redis.call('set', 'cnt', 5) local v = redis.call('get', 'cnt') if v == 5 then return 'number' else return 'string' end
redis.call('set', 'k', 'v', 'px', 1000) return redis.call('pttl', 'k') > 0
redis.call('hset', KEYS[1], 'f', ARGV[1]) return redis.call('hget', KEYS[1], 'f')
redis.call('DEL', KEYS[1]) redis.call('hset', KEYS[1], 'f', ARGV[1]) redis.call('DEL', KEYS[1]) return redis.call('exists', KEYS[1])
local ok = redis.pcall('set', 'k', 'v') return ok.ok
local r = redis.pcall('hget', 'k') return {r.err ~= nil, r.ok == nil}
local r = redis.pcall('nosuchcommand', 'k') return r.ignore_error_stats_update
redis.call('set', 'str', 'x') local r = redis.pcall('lpush', 'str', 1) return r
redis.call('set', 'str', 'x') return {redis.pcall('lpush', 'str', 1), 'after'}
redis.call('set', 'str', 'x') local ok, err = pcall(function() return redis.call('lpush', 'str', 1) end) return err
redis.call('set', 'str', 'x') redis.call('lpush', 'str', 1)
redis.call('set', 'str', 'x') local r = redis.pcall('lpush', 'str', 1) error(r)
redis.call('set', 'str', 'x') local r = redis.pcall('lpush', 'str', 1) error(r.err)
redis.call('set', 'str', 'x') local r = redis.pcall('lpush', 'str', 1) return redis.error_reply(r.err)
local call = redis.call return call('ping')
local c = 'call' return redis[c]('ping')
return (redis.call)('ping')
local r = redis return r.call('ping')
return pcall(redis.call, 'ping')
return {pcall(redis.call, 'ping')}
return {pcall(redis.call, 'get', 'nokey')}
return #redis.call('keys', 'nosuchpattern*')
return redis.call('echo', 'x')
return redis.call('ECHO', 5)
return redis.call('echo', 5.5)
return redis.call('echo', '')
return redis.call('', 'x')
`);
