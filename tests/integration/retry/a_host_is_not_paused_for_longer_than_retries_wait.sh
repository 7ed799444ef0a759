# If a server asks for a longer wait, the job is not tried again, and the other
# URLs of its host wait for --retry-max-delay.
server_start
export FF_LIMIT=10
exits 1 ff --retry-max-delay 1s --limit 1 "$URL/429?retry_after=1000" "$URL/" \
    >out
holds "the second is fine" out 'sort_by(.index) | map(.ok) == [false, true]'
server_log 'select(.event == "request") | .ms' | jq -s '.[1] - .[0]' >gap
check "after the pause" test "$(jq floor gap)" -ge 990
