# There is a connection for each host, and a few more.  A host keeps those it
# has, instead of opening one for which another host's is closed.
server_start
for i in $(seq 3000); do
    echo "http://h$((i % 20)).test:$PORT/delay/5?$i"
done >list
exits 0 ff --limit 30 --resolve "*:$PORT:127.0.0.1" --summary=summary list >out
holds "all are answered" out 'length == 3000 and all(.ok)'
opened=$(jq .connections_opened summary)
check "$opened connections of at most 400" test "$opened" -le 400
