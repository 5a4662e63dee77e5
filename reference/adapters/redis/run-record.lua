-- What the scripts on a run's record share. It is put in front of each of them.
--
-- The document and the intents are JSON that no script ever reads: they come out as they went in.

-- What the record holds: {document, version, epoch, {version, intents, version, intents, …}}.
local function held(key)
  local doc, version, epoch, outbox = unpack(redis.call('HMGET', key, 'doc', 'version', 'epoch', 'outbox'))
  local owed = {}
  for entry in string.gmatch(outbox or '', '%d+') do
    local intents = redis.call('HGET', key, 'outbox:' .. entry)
    if intents then
      table.insert(owed, entry)
      table.insert(owed, intents)
    end
  end
  return {doc, tonumber(version), tonumber(epoch), owed}
end

-- Adds lines to the timeline, from this one on, and drops its oldest beyond 1,000.
local function tell(key, lines, first)
  local last = tonumber(redis.call('HGET', key, 'told') or 0)
  for line = first, #lines do
    last = last + 1
    redis.call('HSET', key, 'told:' .. last, lines[line])
    redis.call('HDEL', key, 'told:' .. last - 1000)
  end
  redis.call('HSET', key, 'told', last)
end
