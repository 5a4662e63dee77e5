-- Makes a run's record, unless there is one already.
--
-- KEYS[1]  wf:run:<id>
-- ARGV[1]  the document
-- ARGV[2]  its state
-- ARGV[3]  JSON of the intents, or ''
-- returns  {1 made or 0 there already, what the record holds}
if redis.call('HEXISTS', KEYS[1], 'doc') == 1 then
  return {0, held(KEYS[1])}
end
redis.call('HSET', KEYS[1], 'doc', ARGV[1], 'state', ARGV[2], 'version', 1, 'epoch', 0)
if ARGV[3] ~= '' then
  redis.call('HSET', KEYS[1], 'outbox', '1', 'outbox:1', ARGV[3])
end
return {1, held(KEYS[1])}
