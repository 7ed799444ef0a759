server_start
need script
urls 8 "$URL/delay/250?" >list

# on_terminal COMMAND: run it on a terminal of 60 columns; what that shows goes
# to screen.
on_terminal() {
    exits 0 script -qec "stty cols 60; $1" typescript </dev/null >screen
}

export TERM=xterm
on_terminal "'$FANFETCH' --limit 2 list >out"
holds "the results" out 'length == 8 and all(.ok)'
check "it is drawn" grep -q '8 records  ' screen
check "again and again" test "$(tr '\r' '\n' <screen | grep -c records)" -ge 4
same "on one line" "$(wc -l <screen)" 0
check "cut to the width" test "$(tr '\r' '\n' <screen | sed 's/\x1b\[K//g' |
    awk 'length > 59' | wc -l)" -eq 0
check "taken away at the end" grep -q "$(printf '\r\033\\[K$')" screen

urls 2 "$URL/delay/300?" >list
on_terminal "'$FANFETCH' --limit 1 --progress=never list >out"
same "never" "$(wc -c <screen)" 0
on_terminal "'$FANFETCH' --limit 1 -q list >out"
same "quiet" "$(wc -c <screen)" 0
on_terminal "'$FANFETCH' --limit 1 list"
check "not where results go to a terminal" test "$(grep -c 'records  ' screen)" -eq 0
on_terminal "'$FANFETCH' --limit 1 -o results list"
check "but with -o" grep -q '2 records  ' screen

TERM=dumb on_terminal "'$FANFETCH' --limit 1 --progress=always list >out"
check "lines for a dumb one" grep -q '^fanfetch: 100% 2/2 records  ' screen
check "without escape sequences" test "$(tr -dc '\033' <screen | wc -c)" -eq 0
