server_start
need script
urls 8 "$URL/delay/600?" >list

# on_terminal COMMAND: run it on a terminal of 60 columns; what that shows goes
# to screen.
on_terminal() {
    exits 0 script -qec "stty cols 60; $1" typescript </dev/null >screen
}

export TERM=xterm NO_COLOR=1
erase=$(printf '\r \033\\[J\r')
on_terminal "'$FANFETCH' --limit 2 list >out"
holds "the results" out 'length == 8 and all(.ok)'
check "the line is drawn" grep -q '/8  ' screen
tr '\r' '\n' <screen | grep '/8  ' >lines
check "again and again" test "$(wc -l <lines)" -ge 4
same "on one line" "$(head -n 1 screen | grep -o '/8  ' | wc -l)" "$(wc -l <lines)"
check "cut to the width" test "$(awk 'length > 59' lines | wc -l)" -eq 0
check "taken away at the end, for the summary" \
    grep -q "$erase""8 records in .* 8 ok" screen

urls 2 "$URL/delay/1000?" >list
on_terminal "'$FANFETCH' --limit 1 --progress=never list >out"
same "never" "$(wc -c <screen)" 0
on_terminal "'$FANFETCH' --limit 1 -q list >out"
same "quiet" "$(wc -c <screen)" 0
on_terminal "'$FANFETCH' --limit 1 list"
check "the line is not drawn if results go to a terminal" test "$(grep -c '/2  ' screen)" -eq 0
on_terminal "'$FANFETCH' --limit 1 -o results list"
check "the line is drawn with -o" grep -q '/2  ' screen

TERM=dumb on_terminal "'$FANFETCH' --limit 1 --progress=always list >out"
check "lines for a dumb one" grep -q '^fanfetch: 100% 2/2 records  ' screen
check "without escape sequences" test "$(tr -dc '\033' <screen | wc -c)" -eq 0
