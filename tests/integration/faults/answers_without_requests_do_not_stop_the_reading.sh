# All records read so far were answered at once and no request is in flight.
# The rest of the list must be read all the same.
server_start
export FF_LIMIT=20

urls 50 "http://127.0.0.1:$(free_port)/" >list
exits 1 ff --max-host-failures 1 --look-ahead 3 --limit 1 list >out
holds "a host that is down" out 'length == 50 and
    (map(select(.error.class == "host_down")) | length > 40)'

urls 50 "$URL/?" >list
exits 1 ff --queue-timeout 1 --rate 1/m --look-ahead 10 --ordered \
    "$URL/?first" list >out
holds "a queue that is over" out 'length == 51 and .[0].ok and
    (.[1:] | all(.error.class == "timeout" and .error.code == "queue")) and
    map(.index) == [range(51)]'
