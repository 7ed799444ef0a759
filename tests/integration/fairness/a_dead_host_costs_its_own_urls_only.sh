# 12 URLs of a host where connecting hangs come before 20 of a live one.
server_start --deaf
urls 12 "http://127.0.0.1:$DEAF_PORT/?" >list
urls 20 "$URL/?" >>list
exits 1 ff --limit-per-host 4 --connect-timeout 2 list >out
holds "the live ones are fetched at once" out '.[:20] | all(.ok)'
holds "the dead ones are told apart" out '
    map(select(.ok | not).error | .class == "timeout" and .code == "connect") |
    length == 12 and all'
holds "their wait for each other is not counted" out '
    map(select(.ok | not).time_total) | all(. < 3.9)'
