# SIGWINCH comes in the middle of a run: the next status line has the new width,
# and nothing else changes.
need python3
server_start
printf '%s\n' "$URL/" "$URL/drip?n=0&gap=50" >list
exits 130 env TERM=xterm NO_COLOR=1 python3 "$TESTS/on_terminal.py" \
    120 '% 1/2 ' 120 ' busy ' 60 ' at 1 host ' 120 ' busy ' 30 ' 1 ok 0 ' ^C -- \
    "$FANFETCH" --grace 0 -o out list >shown
holds "both results" out 'length == 2 and (map(.ok) == [true, false]) and
    .[1].error.code == "interrupted"'
same "widths of the status line" "$(tr '\r' '\n' <shown | grep '% 1/2 ' |
    awk '{ print (length > 60 ? "wide" : length > 30 ? "middle" : "narrow") }' |
    uniq | paste -sd ' ')" 'wide middle wide narrow'
