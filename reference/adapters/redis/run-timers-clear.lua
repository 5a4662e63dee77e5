-- Takes a run's moment away, if it is still this one.
--
-- KEYS[1]  cordum:wf:delay:timers
-- ARGV[1]  run
-- ARGV[2]  moment in ms
-- returns  1 taken away, 0 another one is set, or none
local moment = redis.call('ZSCORE', KEYS[1], ARGV[1])
if not moment or tonumber(moment) ~= tonumber(ARGV[2]) then
  return 0
end
return redis.call('ZREM', KEYS[1], ARGV[1])
