# The second signal comes while the first still waits for a reader that does not
# read.  The first one would decide the status.
server_start
mkfifo results
exec 3<>results
urls 5000 "$URL/?" >list
ff_start list >results 2>err
server_wait '.requests > 100 and .in_flight == 0'
sleep 0.5
ff_signal INT
ff_signal TERM
kill -TERM "$FF_PID"
ff_wait 143
exec 3<&-
