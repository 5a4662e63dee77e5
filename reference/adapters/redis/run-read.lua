-- Reads a run's record: all of it at one moment.
--
-- KEYS[1]  wf:run:<id>
-- returns  what the record holds, or nothing when there is none
if redis.call('HEXISTS', KEYS[1], 'doc') == 0 then
  return false
end
return held(KEYS[1])
