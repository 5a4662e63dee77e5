-- Moves a job along a path of states, if nobody has written to it since the caller opened it.
--
-- `op` remembers the last change, so that the very same change is accepted again when its answer was lost.
-- `outbox` lists the revisions that may have an entry; the entries themselves are removed when they are settled.
--
-- KEYS[1]  job:meta:<id>
-- ARGV[1]  revision that the caller opened
-- ARGV[2]  state that the caller saw
-- ARGV[3]  token of this change
-- ARGV[4]  epoch after the change
-- ARGV[5]  writer, for the log
-- ARGV[6]  time to live in ms from now on, or 0 to leave it as it is
-- ARGV[7]  JSON of the intents, or ''
-- ARGV[8]  number of states in the path
-- ARGV[9]  from here on: the path, then field, value, field, value, …
-- returns  {1, revision of this change, time in µs, topic}, or refused {0, state or 'NONE', revision}
local state, revision, op, updated, log, outbox, topic =
  unpack(redis.call('HMGET', KEYS[1], 'state', 'revision', 'op', 'updated_at', 'log', 'outbox', 'topic'))
if not state then
  return {0, 'NONE', 0}
end
local mine = ARGV[1] + 1
if op == ARGV[3] then
  return {1, mine, updated, topic}
end
if revision ~= ARGV[1] or state ~= ARGV[2] then
  return {0, state, tonumber(revision)}
end

local at = micros()
local rest = 9 + tonumber(ARGV[8])
for step = 9, rest - 1 do
  log = logged(log, ARGV[step], ARGV[4], at, ARGV[5])
end

local waiting = {}
for entry in string.gmatch(outbox or '', '%d+') do
  if redis.call('HEXISTS', KEYS[1], 'outbox:' .. entry) == 1 then
    table.insert(waiting, entry)
  end
end
if ARGV[7] ~= '' then
  table.insert(waiting, mine)
  redis.call('HSET', KEYS[1], 'outbox:' .. mine, ARGV[7])
end

redis.call('HSET', KEYS[1], 'state', ARGV[rest - 1], 'revision', mine, 'op', ARGV[3], 'epoch', ARGV[4],
  'attempts', ARGV[4], 'updated_at', at, 'log', log, 'outbox', table.concat(waiting, ' '), unpack(ARGV, rest))
if ARGV[6] ~= '0' then
  redis.call('PEXPIRE', KEYS[1], ARGV[6])
end
return {1, mine, at, topic}
