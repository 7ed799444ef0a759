# Each of 40 URLs is answered with 429 and a pause once, and 20 are in flight at
# a time.  After a pause, requests that were told to wait come before new ones.
server_start
urls 40 "$URL/429?retry_after=1&times=1&delay=50&key=" >list
exits 0 ff --retry 1 --retry-delay 900ms --limit 20 list >out
same "ok" "$(jq -r .ok out | sort | uniq -c | tr -d ' ')" 40true
server_log 'select(.event == "request") | [.status, .target]' >log
holds "20 are turned away" log '.[:20] | all(.[0] == 429)'
holds "the requests that were turned away are next" log \
    '(.[:20] | map(.[1]) | sort) as $first |
     (.[20:] | map(select(.[0] == 200) | .[1])) as $ok |
     ($ok[:20] | sort) == $first'
holds "all but one of them go first" log '.[20][0] == 200'
