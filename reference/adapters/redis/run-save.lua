-- Replaces a run's document, if nobody has opened or written the record since the caller opened it. What must follow,
-- and what is told of it, is stored in the same step.
--
-- KEYS[1]  wf:run:<id>
-- ARGV[1]  version that the caller opened
-- ARGV[2]  epoch that the opening minted
-- ARGV[3]  the document
-- ARGV[4]  its state
-- ARGV[5]  time to live in ms from now on, or 0 to leave it as it is
-- ARGV[6]  JSON of the intents, or ''
-- ARGV[7]  from here on: lines of the timeline
-- returns  {1, version of this change, state before, entries left in the outbox}, or refused {0, version}
local version, epoch, before, outbox =
  unpack(redis.call('HMGET', KEYS[1], 'version', 'epoch', 'state', 'outbox'))
if version ~= ARGV[1] or epoch ~= ARGV[2] then
  return {0, tonumber(version or 0)}
end

local mine = version + 1
local waiting = {}
for entry in string.gmatch(outbox or '', '%d+') do
  if redis.call('HEXISTS', KEYS[1], 'outbox:' .. entry) == 1 then
    table.insert(waiting, entry)
  end
end
if ARGV[6] ~= '' then
  table.insert(waiting, mine)
  redis.call('HSET', KEYS[1], 'outbox:' .. mine, ARGV[6])
end

redis.call('HSET', KEYS[1], 'doc', ARGV[3], 'state', ARGV[4], 'version', mine, 'outbox', table.concat(waiting, ' '))
if #ARGV > 6 then
  tell(KEYS[1], ARGV, 7)
end
if ARGV[5] ~= '0' then
  redis.call('PEXPIRE', KEYS[1], ARGV[5])
end
return {1, mine, before, #waiting}
