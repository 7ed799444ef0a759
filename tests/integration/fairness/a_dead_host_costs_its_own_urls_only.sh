# 20 URLs of a host where connecting hangs, before 20 of a live one.
server_start --deaf
urls 20 "http://127.0.0.1:$DEAF_PORT/?" >list
urls 20 "$URL/?" >>list
start=$(now_ms)
exits 1 ff --limit-per-host 4 --connect-timeout 1 list >out
holds "the live ones are fetched at once" out '
    map(select(.ok).elapsed) | length == 20 and max < 0.9'
holds "the dead ones are told apart" out '
    map(select(.ok | not).error | .class == "timeout" and .code == "connect") |
    length == 20 and all'
check "in five rounds" test $(($(now_ms) - start)) -lt 9000
