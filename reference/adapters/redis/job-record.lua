-- What the scripts on a job's record share. It is put in front of each of them.

-- The store's clock, in microseconds since the Unix epoch.
local function micros()
  local time = redis.call('TIME')
  return time[1] .. string.format('%06d', time[2])
end

-- The log with one more line, `<state> <epoch> <µs> <by>`, and at most 200 lines.
local function logged(log, state, epoch, at, by)
  log = log .. state .. ' ' .. epoch .. ' ' .. at .. ' ' .. by .. '\n'
  local _, lines = string.gsub(log, '\n', '\n')
  while lines > 200 do
    log = string.sub(log, string.find(log, '\n', 1, true) + 1)
    lines = lines - 1
  end
  return log
end
