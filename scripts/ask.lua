-- wrk: every request has a text of its own, by a number in a comment at its end; what fails does
-- not count.
local number = 0

request = function()
  number = number + 1
  return wrk.format(nil, wrk.path .. "%0A%23" .. number)
end

done = function(summary, latency, requests)
  local errors = summary.errors
  local failed = errors.status + errors.connect + errors.read + errors.write + errors.timeout
  io.write(string.format('{"good": %d, "p99_ms": %.3f}\n', summary.requests - failed, latency:percentile(99) / 1000))
end
