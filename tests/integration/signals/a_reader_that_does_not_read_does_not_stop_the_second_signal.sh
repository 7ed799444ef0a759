server_start
mkfifo results
exec 3<>results
urls 5000 "$URL/?" >list
ff_start list >results 2>err
server_wait '.requests > 100 and .in_flight == 0'
sleep 0.5
ff_signal INT
kill -INT "$FF_PID"
gone() { ! kill -0 "$FF_PID" 2>/dev/null; }
wait_for 5 gone
ff_wait 130
exec 3<&-
