-- Reads a run's record for writing, and mints the epoch that the write must present.
--
-- KEYS[1]  wf:run:<id>
-- returns  what the record holds, or nothing when there is none
if redis.call('HEXISTS', KEYS[1], 'doc') == 0 then
  return false
end
redis.call('HINCRBY', KEYS[1], 'epoch', 1)
return held(KEYS[1])
