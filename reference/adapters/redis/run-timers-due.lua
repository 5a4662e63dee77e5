-- The runs whose moment has come, by the store's clock. It takes nothing away.
--
-- KEYS[1]  cordum:wf:delay:timers
-- ARGV[1]  how many at most
-- returns  {run, moment in ms, run, moment in ms, …}, earliest first
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
return redis.call('ZRANGE', KEYS[1], '-inf', string.format('%.0f', now), 'BYSCORE', 'LIMIT', 0, ARGV[1], 'WITHSCORES')
