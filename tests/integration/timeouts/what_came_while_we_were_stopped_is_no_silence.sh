# The answer comes while the process is stopped, and nobody reads it before the
# read time-out.
need curl
server_start
ff_start --read-timeout 4 "$URL/?gate=2&id=1" >out
server_wait '.in_flight == 1'
nap 0.7 # until libcurl has no timers of its own that make it look
kill -STOP "$FF_PID"
curl -s "$URL/?gate=2&id=2" >/dev/null
nap 5
kill -CONT "$FF_PID"
ff_wait 0
holds "it is read" out '.[0].ok'
