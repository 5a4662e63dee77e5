-- Reads a run's timeline, oldest first.
--
-- KEYS[1]  wf:run:<id>
-- returns  its lines, at most 1,000
local last = tonumber(redis.call('HGET', KEYS[1], 'told') or 0)
local lines = {}
for line = math.max(1, last - 999), last do
  table.insert(lines, redis.call('HGET', KEYS[1], 'told:' .. line))
end
return lines
