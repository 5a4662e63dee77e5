-- What the scripts on a job's record share. It is put in front of each of them.

-- The store's clock, in microseconds since the Unix epoch.
local function micros()
  local time = redis.call('TIME')
  return time[1] .. string.format('%06d', time[2])
end

-- The log with one more line, `<state> <epoch> <µs> <by>`, and at most 200 lines. None is shorter than 28 bytes, so
-- a log of 5,600 has no more than 200: nearly every job's log is never counted.
local function logged(log, state, epoch, at, by)
  log = log .. state .. ' ' .. epoch .. ' ' .. at .. ' ' .. by .. '\n'
  if #log <= 5600 then
    return log
  end
  local _, lines = string.gsub(log, '\n', '\n')
  while lines > 200 do
    log = string.sub(log, string.find(log, '\n', 1, true) + 1)
    lines = lines - 1
  end
  return log
end
