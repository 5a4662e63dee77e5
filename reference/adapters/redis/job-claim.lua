-- Gives an attempt to the one worker that may start it: DISPATCHED becomes RUNNING.
--
-- KEYS[1]  job:meta:<id>
-- ARGV[1]  epoch of the attempt
-- ARGV[2]  token of the claim: the same claim made again is granted again, for as long as the attempt runs
-- ARGV[3]  worker
-- ARGV[4]  its session
-- ARGV[5]  its name, for the log
-- returns  {1, payload, topic}, or refused {0, state or 'NONE', epoch}
local state, epoch, claim, revision, log, topic =
  unpack(redis.call('HMGET', KEYS[1], 'state', 'epoch', 'claim', 'revision', 'log', 'topic'))
if not state then
  return {0, 'NONE', 0}
end
local current = epoch == ARGV[1]
if current and state == 'DISPATCHED' then
  local at = micros()
  redis.call('HSET', KEYS[1], 'state', 'RUNNING', 'revision', revision + 1, 'op', ARGV[2], 'claim', ARGV[2],
    'worker_id', ARGV[3], 'session', ARGV[4], 'updated_at', at, 'log', logged(log, 'RUNNING', epoch, at, ARGV[5]))
elseif not (current and state == 'RUNNING' and claim == ARGV[2]) then
  return {0, state, tonumber(epoch)}
end
return {1, redis.call('HGET', KEYS[1], 'payload'), topic}
