# All that the first may have are in use when those of the second are opened.
server_start
urls 6 "$URL/stall?" >list
server_start
urls 6 "$URL/?gate=3&id=" >>list
ff_start --limit-per-host 3 --grace 0 list >out
wait_lines out 6
same "open at the second" "$(server_stats .most_open)" 3
kill -INT "$FF_PID"
ff_wait 130
holds "both at once" out 'map(.attempts) | sort == [0, 0, 0] + [range(9) | 1]'
