# --retry-max-time holds for a retry that its host's pause delays: the record
# has the result of its last attempt.
server_start
exits 1 ff --retry 3 --retry-delay 100ms --retry-max-time 2 --attempts \
    "$URL/429?retry_after=4" "$URL/status/500?delay=300" >out
holds "the last attempt's result" out 'length == 2 and
    (map(.error.code) | sort) == ["http_429", "http_500"] and
    all(.attempts == 1 and (.attempts_log | length) == 1)'
same "requests" "$(server_stats .requests)" 2
