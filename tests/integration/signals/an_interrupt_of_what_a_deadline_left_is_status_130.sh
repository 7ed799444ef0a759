# No process reads the results of what the deadline ended, so the interrupt
# loses lines.
server_start
mkfifo results
exec 3<>results
urls 5000 "$URL/?" >list
ff_start --deadline 3 --trace trace list >results 2>err
wait_traced 'done' 5000
kill -INT "$FF_PID"
ff_wait 130
exec 3<&-
