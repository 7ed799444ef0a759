# Each POST or PATCH is sent once, over a stale connection and over a fresh one.
server_start
for method in POST PATCH; do
    server_reset
    {
        echo "$URL/drop-second?first"
        echo "{\"url\":\"$URL/drop-second\",\"method\":\"$method\",\"body\":\"x\"}"
        echo "{\"url\":\"$URL/empty\",\"method\":\"$method\",\"body\":\"x\"}"
        echo "{\"url\":\"$URL/reset\",\"method\":\"$method\",\"body\":\"x\"}"
    } >list
    exits 1 ff --limit 1 list >out
    holds "a result for each" out 'length == 4'
    holds "without an answer each is an error" out \
        'map(select(.ok).index) == [0] and all(.attempts == 1)'
    same "each was sent once" "$(server_log 'select(.event == "request") |
        select(.method != "GET").target')" '"/drop-second"
"/empty"
"/reset"'
done
