-- Lets a held key live on, if it is still the caller's.
--
-- KEYS[1]  the key
-- ARGV[1]  the caller's token
-- ARGV[2]  time to live in ms from now on
-- returns  1 renewed, 0 not the caller's any more
if redis.call('GET', KEYS[1]) ~= ARGV[1] then
  return 0
end
return redis.call('PEXPIRE', KEYS[1], ARGV[2])
