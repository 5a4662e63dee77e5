-- Keeps a snapshot, unless a later term of leadership has written one already.
--
-- KEYS[1]  sys:workers:snapshot
-- ARGV[1]  epoch of the writer's term
-- ARGV[2]  the snapshot, JSON with a field `epoch`
-- returns  1 written, 0 refused
local kept = redis.call('GET', KEYS[1])
if kept and cjson.decode(kept).epoch > tonumber(ARGV[1]) then
  return 0
end
redis.call('SET', KEYS[1], ARGV[2])
return 1
