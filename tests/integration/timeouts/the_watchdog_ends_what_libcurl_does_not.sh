# Each second the watchdog looks for transfers that are five seconds late.
preload no_timeouts
server_start --deaf
urls 3 "$URL/?" >list
ff -m 1 --limit 10 list "$URL/stall" >total &
pids=("$!")
ff -m 0 --connect-timeout 1s --limit 10 list "http://127.0.0.1:$DEAF_PORT/" \
    >connect &
pids+=("$!")
ff -m 0 --limit 10 list "$URL/delay/9500" >none &
pids+=("$!")
for pid in "${pids[@]}"; do
    wait "$pid" || :
done
for code in total connect; do
    holds "$code" "$code" --arg code $code '
        map(.error.code) | sort == [null, null, null, $code]'
done
holds "requests within their time are not ended" none 'length == 4 and all(.ok)'
