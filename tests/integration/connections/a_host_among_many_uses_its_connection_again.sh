# With more hosts than connections, a connection that waited for its host's next
# turn would be closed for another host's: 300 hosts with 8 URLs each would need
# 2,400.
server_start
for h in $(seq 300); do
    urls 8 "http://h$h.test:$PORT/?"
done >list
exits 0 ff --limit 10 --resolve "*:$PORT:127.0.0.1" --summary=summary list >out
same "answers" "$(wc -l <out)" 2400
opened=$(jq .connections_opened summary)
check "$opened connections of at most 450" test "$opened" -ge 300 -a "$opened" -le 450
