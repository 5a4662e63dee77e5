-- Reads a job's record for writing, and mints the revision that the write must present.
--
-- KEYS[1]  job:meta:<id>
-- ARGV     the fields to read
-- returns  {values of the fields, {revision, intents, revision, intents, …}}, or nothing when there is no record
if redis.call('HEXISTS', KEYS[1], 'state') == 0 then
  return false
end
redis.call('HINCRBY', KEYS[1], 'revision', 1)
local outbox = {}
for revision in string.gmatch(redis.call('HGET', KEYS[1], 'outbox') or '', '%d+') do
  local intents = redis.call('HGET', KEYS[1], 'outbox:' .. revision)
  if intents then
    table.insert(outbox, revision)
    table.insert(outbox, intents)
  end
end
return {redis.call('HMGET', KEYS[1], unpack(ARGV)), outbox}
