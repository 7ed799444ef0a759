need python3
server_start
dead=$(free_port)
{
    urls 40 "$URL/bytes/3000?delay=20&"
    urls 5 "$URL2/status/404?"
    urls 3 "$URL2/status/503?"
    urls 3 "$URL/gzip?size=5000&"
    echo "$URL/redirect/2"
    echo "$URL/truncated?size=100"
    echo "$URL/delay/9000"
    echo "http://127.0.0.3:$dead/"
    echo "http://"
} >list
exits 1 ff --limit 4 -m 3s --report page.html --summary=sum -o out list 2>err
same "stderr" "$(cat err)" ""
python3 "$TESTS/page.py" page.html >page

# The JSON object in the page is the summary, except for the moment.
holds "the summary" page --slurpfile sum sum '.[0].summary == $sum[0]'
# Each figure on the page is that of the summary.
cat >figures.jq <<'EOF'
.[0] as $page | $page.summary as $sum |
def at($path): $path | split(".") |
    map(. as $part | try tonumber catch $part) as $steps |
    # A key of an object may look like a number: status_codes.404.
    reduce $steps[] as $step ($sum;
        if type == "object" then .[$step | tostring] else .[$step] end);
($page.data | length > 60) and
all($page.data[]; at(.[0]) as $want |
    .[1] == ($want | tostring) or (.[1] | tonumber? // null) == $want or
    (.[1] == $want))
EOF
holds "figures" page -f figures.jq
for key in records ok failed not_sent size_download size_body attempts \
    time_total.p50 time_total.p95 time_queue.p99 status_codes.404 \
    error_classes.timeout hosts.0.records hosts_failing.0.failed \
    hosts_slowest.0.time_total.max started_at elapsed connections_opened; do
    holds "the page shows $key" page --arg key $key '.[0].data | map(.[0]) |
        index($key) != null'
done
# Examples are not in the summary; they come from the results.
holds "examples" page --arg url "$URL2" --arg dead "http://127.0.0.3:$dead/" \
    '.[0].text | contains($url + "/status/404?") and contains($dead) and
    test("record 4[0-4]") and contains("404 Not Found") and
    contains("total timeout after") and contains("url_malformed")'
holds "a slow one" page --arg url "$URL/delay/9000" '.[0].text |
    split("Slowest requests")[1] | contains($url)'
holds "charts" page '.[0].elements | contains(["svg", "title", "desc", "path"])'

# The page of a run without --summary, and of one without records.
exits 0 ff --report page.html "$URL/" >out 2>err
same "stderr" "$(cat err)" ""
exits 0 ff --report page.html </dev/null
python3 "$TESTS/page.py" page.html >page
holds "of nothing" page '.[0] | .summary.records == 0 and
    (.text | contains("0 records"))'
