server_start
need script
urls 3000 "$URL/?" >list
echo "$URL/delay/2000" >>list
export TERM=xterm
start=$(now_ms)
exits 0 script -qec "'$FANFETCH' --limit 20 list >out" typescript \
    </dev/null >screen
took=$(($(now_ms) - start))
drawn=$(grep -o $'\033\[J\r[^\033\r]' screen | wc -l)
check "some" test "$drawn" -ge 5
check "the line is not drawn more often" test "$drawn" -le $((took / 100 + 1))
