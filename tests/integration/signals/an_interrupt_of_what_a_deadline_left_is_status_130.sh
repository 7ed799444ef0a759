# Nobody reads what the deadline has ended: the interrupt loses lines.
server_start
mkfifo results
exec 3<>results
urls 5000 "$URL/?" >list
ff_start --deadline 1 list >results 2>err
server_wait '.requests > 100 and .in_flight == 0'
sleep 2
kill -INT "$FF_PID"
ff_wait 130
exec 3<&-
