# Records of nearly 1 MiB take a thread tens of milliseconds each.  The first one
# is started before the others are read, and its request is sent before the
# others have a connection, so that signals and results come in between.
server_start
for i in {1..20}; do
    printf '%s/?%s-%0300000d\n' "$URL" "$i" 0
done >list
exits 0 ff --threads 1 --trace trace --fields index list >out
holds "all are answered" out 'length == 20'
queued=$(jq -rs 'map(.event) | .[:index("started")] |
    map(select(. == "queued")) | length' trace)
check "queued before the first one is started: $queued" test "$queued" -lt 10
server_log '.event' >events
opened=$(grep -n -m 1 request events)
check "opened before the first request: $opened" \
    test "${opened%%:*}" -le 20
