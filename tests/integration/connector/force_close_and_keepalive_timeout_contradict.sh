server_start
for timeout in 5 15s; do
    exits 2 ff --force-close --keepalive-timeout "$timeout" "$URL/" >out 2>err
    check "both are named" grep -q -- "force-close.*keepalive-timeout\|keepalive-timeout.*force-close" err
    same "results" "$(wc -l <out)" 0
done
same "accepted" "$(server_stats .accepted)" 0
# 0 says the same as --force-close.
exits 0 ff --force-close --keepalive-timeout 0 "$URL/" >out
