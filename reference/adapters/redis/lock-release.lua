-- Removes a held key, if it is still the caller's.
--
-- KEYS[1]  the key
-- ARGV[1]  the caller's token
-- returns  1 removed, 0 not the caller's any more
if redis.call('GET', KEYS[1]) ~= ARGV[1] then
  return 0
end
return redis.call('DEL', KEYS[1])
