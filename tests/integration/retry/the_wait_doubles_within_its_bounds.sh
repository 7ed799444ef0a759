# 200 URLs fail six times each.  Each wait is between 0 and a bound that doubles
# up to --retry-max-delay, spread over all of that range, and no request reaches
# the server before its time.
server_start
urls 200 "$URL/status/500?id=" >list
exits 1 ff --limit 0 --retry 5 --retry-delay 100ms --retry-max-delay 350ms \
    --attempts list >out
holds "six attempts" out 'length == 200 and all(.attempts == 6)'
holds "within the bounds" out 'all([.attempts_log[].waited] |
    .[0] == 0 and .[1] <= 0.1 and .[2] <= 0.2 and (.[3:] | all(. <= 0.35)))'
holds "the waits are spread over the whole range" out '[.[].attempts_log | map(.waited)] | transpose |
    [[.[1], 0.1], [.[2], 0.2], [.[3], 0.35], [.[5], 0.35]] |
    all(.[1] as $most | .[0] | min < 0.1 * $most and max > 0.9 * $most and
        (add / length - $most / 2 | fabs) < 0.1 * $most)'
holds "each record has its own" out 'map([.attempts_log[].waited]) | unique | length == 200'
server_log 'select(.event == "request") | [.target, .ms]' >log
jq -s 'group_by(.[0]) | map({key: .[0][0], value: map(.[1])}) | from_entries' \
    log >seen
holds "no request came early" out --slurpfile seen seen 'all(
    [.attempts_log[1:][].waited] as $waits |
    $seen[0][.url_effective | sub("^http://[^/]*"; "")] as $ms |
    [range(5) | $ms[. + 1] - $ms[.] >= $waits[.] * 1000 - 3] | all)'
