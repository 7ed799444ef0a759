# Many hundreds of answers arrive in one turn, round after round, and each
# connection is used again.
ulimit -n 4000
server_start
for round in 1 2 3; do
    urls 1500 "$URL/?gate=1500&gate_key=$round&n="
done >list
exits 0 ff --limit 1500 --limit-per-host 0 --threads 1 list >out
same "connections" "$(server_stats .accepted)" 1500
