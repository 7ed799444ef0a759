server_start
exits 1 ff -m 1 "$URL/redirect/9?delay=300" >out
jq -c '[.error.class, .error.code]' out
check "not all hops were made" test "$(server_stats .requests)" -lt 6
holds "the time is that of all hops" out '.[0].time_total | . > 0.9 and . < 10'
