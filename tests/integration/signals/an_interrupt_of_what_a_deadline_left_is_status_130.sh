# Nobody reads the results of what the deadline ended, so the interrupt loses
# lines.
server_start
mkfifo results
exec 3<>results
urls 5000 "$URL/?" >list
ff_start --deadline 3 list >results 2>err
server_wait '.requests > 0 and .in_flight == 0'
sleep 3 # now it has ended the rest
kill -INT "$FF_PID"
ff_wait 130
exec 3<&-
