# share/fanfetch.jq filters results as they come, with this system's jq.
module=$TESTS/../share
server_start
{
    echo "{\"url\":\"$URL/json\",\"id\":\"json\"}"
    echo "{\"url\":\"$URL/bytes/3?ff\",\"id\":\"bytes\"}"
    echo "{\"url\":\"$URL/redirect/1\",\"id\":\"hop\"}"
    echo "{\"url\":\"$URL/status/404\",\"id\":\"gone\"}"
    echo '{"url":"http://127.0.0.1:1/","id":"refused"}'
    echo '{"url":"ftp://x/","id":"ftp"}'
    echo '{"url":null'
} >list
exits 1 ff --ordered --body --include-headers --max-redirects 3 list \
    >results </dev/null

of() {
    jq -c -L "$module" "include \"fanfetch\"; $1" results | paste -sd ' '
}
all() {
    jq -nc -L "$module" "include \"fanfetch\"; $1" results | paste -sd ' '
}
same "succeeded" "$(of 'succeeded | .id')" '"json" "bytes" "hop"'
same "failed" "$(of 'failed | .id')" '"gone" "refused" "ftp" null'
same "retryable" "$(of 'retryable | .id')" '"refused"'
same "by class" "$(of 'failed_with("input") | .id')" '"ftp" null'
same "by code" "$(of 'failed_with("http_404") | .id')" '"gone"'
same "never sent" "$(of 'never_sent | .id')" '"ftp" null'
same "no result is as slow" "$(of 'slow(1000) | .id')" ''
same "all that were sent took a while" "$(of 'slow(0) | .id')" \
    '"json" "bytes" "hop" "gone" "refused"'
same "redirected" "$(of 'redirected | .id')" '"hop"'
same "changed" "$(of changed)" ''
same "changed ones" "$(echo '{"change":"new"}{"change":"unchanged"}' |
    jq -c -L "$module" 'include "fanfetch"; changed')" '{"change":"new"}'
host=${URL#http://}
same "host" "$(of host)" \
    "\"$host\" \"$host\" \"$host\" \"$host\" \"127.0.0.1:1\" \"x\" null"
same "hosts of all kinds" "$(printf '"%s" ' 'http://a/' 'https://***@b:1?q=http://c/' \
    'http://[::1]:2#x' | jq -r -L "$module" \
    'include "fanfetch"; {url: .} | host' | paste -sd ' ')" 'a b:1 [::1]:2'
same "outcome" "$(of outcome | tr -d '"' | tr ' ' '\n' | tail -n +3)" "200
http/http_404
connect/refused
input/scheme_unsupported
input/json_invalid"
same "a body in the line" "$(of 'select(.id == "json") | body_text | type')" \
    '"string"'
same "a body in base64" "$(echo '{"body_base64":"aGk="}' |
    jq -c -L "$module" 'include "fanfetch"; body_text')" '"hi"'
same "a parsed body" "$(echo '{"body_json":[1]}{"body_json":null}{}' |
    jq -c -L "$module" 'include "fanfetch"; body_text' | paste -sd ' ')" \
    '"[1]" "null" null'
same "a header" "$(of 'select(.id == "json") | header("Content-Type")')" \
    '"application/json"'
same "no header" "$(of 'header("x-none")' | tr -d ' ')" \
    nullnullnullnullnullnullnull
same "columns" "$(of 'select(.id == "ftp") | columns')" \
    '"\t\t0\tftp://x/\tscheme_unsupported"'
same "count_by" "$(all 'count_by(inputs; .ok)')" '{"true":3,"false":4}'
same "outcomes" "$(all 'outcomes(inputs) | .["200"]')" 3
same "by_host" "$(all "by_host(inputs)[\"$host\"] | [.records, .failed]")" \
    '[4,1]'
same "by_host of what was not sent" \
    "$(all 'by_host(inputs).x | [.records, .failed, .time_mean, .time_max]')" \
    '[1,1,null,null]'
same "percentiles" "$(seq 100 -1 1 | jq -c '{url: "http://a/", time_total: .}' |
    jq -nc -L "$module" 'include "fanfetch"; times_by_host(inputs)')" \
    '{"a":{"records":100,"p50":50,"p90":90,"p95":95,"p99":99,"max":100}}'
same "percentiles of few results" "$(all "times_by_host(inputs)[\"$host\"] |
    [.records, .p50 <= .p90, .p99 == .max]")" '[4,true,true]'
same "slowest" "$(all '[slowest(2; inputs).time_total] |
    [length, .[0] >= .[1]]')" '[2,true]'
# By their times: two that start and end in the same turns can be equally slow.
same "the slowest is the slowest" \
    "$(all '[inputs] | [slowest(1; .[])][0].time_total')" \
    "$(jq -s 'map(.time_total // empty) | max' results)"

# The output of retryable is valid input.
of retryable >again
exits 1 ff again >results2 </dev/null
same "the result is fed back" "$(jq -r .id results2)" refused

# The manual describes each of them, and no other.
sed -nE 's/^def ([a-z_]+).*/\1/p' "$module/fanfetch.jq" | sort >defs
sed -n '/^\.Sh JQ MODULE/,/^\.Sh MANY/s/^\.It Ic //p' \
    "$TESTS/../man/fanfetch.1" | sed 's/ Ns.*//; s/ , /\n/g' | sort >told
check "all are reported" cmp defs told
