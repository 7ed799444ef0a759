server_start
for limit in 0.4 400ms 0.4s; do
    exits 1 ff -m "$limit" "$URL/stall" >out
    holds "$limit" out '.[0] | .error.code == "total" and
        .time_total > 0.35 and .time_total < 10'
done
exits 1 ff --timeout 400ms "$URL/stall" >out
exits 0 ff -m 0 --connect-timeout 0 "$URL/delay/300" >out
exits 0 ff -m 5m --connect-timeout 1h "$URL/" >out
