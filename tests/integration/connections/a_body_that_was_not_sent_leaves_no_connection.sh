# The server answers at the end of the head, so 'Expect: 100-continue' holds the
# body back.  It would take the next request for that body.
late_start
for n in 1 2 3; do
    echo "{\"url\":\"$LATE_URL/early/$n\",\"body\":\"abc\",\"headers\":{\"Expect\":\"100-continue\"}}"
    echo "$LATE_URL/after/$n"
done >list
exits 0 ff -m 10 --limit 1 --ordered --body list >out
holds "each result has its own body" out \
    'all(.ok and .body == (.url | sub("^https?://[^/]*"; "")))'
same "connections" "$(late_connections)" 4
