# Output errors come before input errors, and these before failed records; a
# signal comes before the last two.
server_start
bad="$URL/status/404"
exits 1 ff "$URL/" "$bad" >out
exits 3 ff ./no-such-list "$bad" >out 2>err
exits 4 ff --summary=/dev/full ./no-such-list "$bad" >out 2>err
if [ -c /dev/full ]; then
    exits 4 ff ./no-such-list "$bad" >/dev/full 2>err
fi
ff_start --grace 1s ./no-such-list "$bad" "$URL/stall" >out 2>err
server_wait '.in_flight == 1'
kill -TERM "$FF_PID"
ff_wait 143
holds "all records have a line" out 'length == 2'
