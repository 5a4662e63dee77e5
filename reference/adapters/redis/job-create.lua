-- Makes a job's record, PENDING, unless there is one already.
--
-- KEYS[1]  job:meta:<id>
-- ARGV[1]  who makes it, for the log
-- ARGV[2]  JSON of the intents, or ''
-- ARGV[3]  from here on: field, value, field, value, …
-- returns  {1 made or 0 there already, state, revision}
local state, revision = unpack(redis.call('HMGET', KEYS[1], 'state', 'revision'))
if state then
  return {0, state, tonumber(revision)}
end
local at = micros()
redis.call('HSET', KEYS[1], 'state', 'PENDING', 'epoch', 0, 'attempts', 0, 'revision', 1,
  'created_at', at, 'updated_at', at, 'log', logged('', 'PENDING', 0, at, ARGV[1]), unpack(ARGV, 3))
if ARGV[2] ~= '' then
  redis.call('HSET', KEYS[1], 'outbox', '1', 'outbox:1', ARGV[2])
end
return {1, 'PENDING', 1}
