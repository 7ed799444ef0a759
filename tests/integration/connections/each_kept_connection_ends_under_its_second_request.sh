# libcurl counts what it repeats over all requests of a handle.
server_start
urls 300 "$URL/drop-second?" >list
exits 0 ff --limit 10 list >out
holds "all results are there" out 'length == 300 and all(.ok and .attempts <= 2)'
same "requests counted" "$(server_stats .requests)" \
    "$(jq .attempts out | awk "{ n += \$1 } END { print n }")"
