# A host that does not answer does not get all connections while standard input
# is open and has nothing to read: the next URL may be of another host.
server_start
mkfifo in
exec 3<>in
ff_start --limit 20 <in >out
urls 60 "$URL/stall?" >&3
server_wait '.in_flight == 15'
echo "$URL2/" >&3
wait_lines out 1
holds "the later host is not held up" out '.[0].ok'
# Once nobody else is to come, it may have all.
exec 3>&-
server_wait '.in_flight == 20'
ff_signal INT
kill -TERM "$FF_PID"
ff_wait 130
