server_start
dead=$(free_port)
{
    urls 20 "$URL/bytes/1000?"
    urls 5 "$URL2/status/404?"
    urls 3 "$URL/gzip?size=5000&"
    echo "$URL/redirect/2"
    echo "$URL/truncated?size=100"
    echo "http://127.0.0.3:$dead/"
    echo "http://"
} >list
exits 1 ff --limit 8 --summary=sum --include-headers list >out 2>err
same "stderr" "$(cat err)" ""
same "one line" "$(wc -l <sum)" 1

# Every count of the summary is compared with the results.
jq -s '{
    records: length,
    ok: map(select(.ok)) | length,
    failed: map(select(.ok | not)) | length,
    skipped: 0,
    status_codes: map(select(.status_code).status_code | tostring) |
        group_by(.) | map({(.[0]): length}) | add,
    error_classes: map(select(.error).error.class) |
        group_by(.) | map({(.[0]): length}) | add,
    attempts: map(.attempts) | add,
    num_redirects: map(.num_redirects) | add,
    size_download: map(.size_download) | add,
    size_body: map(.size_body) | add,
    connections_reused: map(select(.connection_reused)) | length
}' out >want
jq --slurpfile want want '. as $sum | $want[0] |
    with_entries(.value = $sum[.key])' sum >got
same "counts" "$(jq -S . got)" "$(jq -S . want)"

# A time is at most 1 % off.
holds "times" out --slurpfile sum sum '
    ([.[].time_total | values] | sort) as $times | $sum[0].time_total |
    .min == $times[0] and .max == $times[-1] and
    .p50 >= 0.99 * $times[(($times | length) + 1) / 2 - 1 | floor] and
    .p50 <= 1.01 * $times[($times | length) / 2 | floor] and
    .min <= .p50 and .p50 <= .p90 and .p90 <= .p95 and
    .p95 <= .p99 and .p99 <= .max'
same "connections, and the one that was refused" \
    "$(jq .connections_opened sum)" $(($(server_stats .accepted) + 1))
holds "hosts" sum --arg url "$URL" --arg dead "http://127.0.0.3:$dead" '.[0] |
    .hosts_exact and
    .hosts[0].host == $url and .hosts[0].records == 25 and
    (.hosts_failing | map(.host) | index($dead)) != null'
holds "duration" sum '.[0] | .started_at <= .ended_at and .elapsed > 0 and
    (.records_per_second * .elapsed - .records | fabs) < 1'
