-- Admits one more request, or not, by the counts of two adjacent seconds of the store's clock, and counts it.
-- The arithmetic is that of domain/rate-window.ts, in whole numbers.
--
-- KEYS[1]  cordum:rl:{<key>}; the counters are <KEYS[1]>:<unix second>, of the same slot by its hash tag
-- ARGV[1]  limit, requests a second
-- returns  {requests of the previous second, of the current one before this, microseconds into it}
local time = redis.call('TIME')
local current_key = KEYS[1] .. ':' .. time[1]
local counts = redis.call('MGET', KEYS[1] .. ':' .. (time[1] - 1), current_key)
local previous, current, elapsed = tonumber(counts[1] or 0), tonumber(counts[2] or 0), tonumber(time[2])
if (ARGV[1] - current) * 1000000 - previous * (1000000 - elapsed) >= 1000000 then
  redis.call('INCR', current_key)
  if current == 0 then
    -- It counts for its own second and the next.
    redis.call('PEXPIRE', current_key, 2000)
  end
end
return {previous, current, elapsed}
