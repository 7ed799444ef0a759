# --look-ahead decides how many records are held, also where these are more
# than 64 MiB: the host behind 50,000 URLs of one that hangs has its turn.
server_start
urls 50000 "$URL/stall?" >list
echo "$URL2/" >>list
ff_start --look-ahead 60000 --limit 2 --grace 0 -o out list
wait_lines out 1
kill -INT "$FF_PID"
ff_wait 130
check "the host behind them is answered" jq -e .ok <(head -n 1 out)
same "lines" "$(wc -l <out)" 50001
