# The server sends these bytes with its answer, so the connection must not be
# used again.
late_start
for method in GET HEAD; do
    for status in 204 304; do
        echo "{\"url\":\"$LATE_URL/declares/$status\",\"method\":\"$method\"}"
        echo "$LATE_URL/after/$method$status"
    done
done >list
echo "{\"url\":\"$LATE_URL/declares/200\",\"method\":\"HEAD\"}" >>list
echo "$LATE_URL/after/200" >>list
exits 0 ff --limit 1 --ordered --body list >out
holds "each result has its own body" out 'all(.ok) and
    all(.[] | select(.url | contains("after")); .body == (.url | sub("^https?://[^/]*"; "")))'
same "connections" "$(late_connections)" 6
