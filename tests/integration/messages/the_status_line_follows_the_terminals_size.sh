# The terminal is made narrower while the line is shown.  The part of it that
# was wrapped must not stay.
server_start
urls 2000 "$URL/delay/200?" >list
terminal_start 120 10
terminal_type "echo abo''ve; '$FANFETCH' --limit 2 list >out"
wait_screen '^ .*% .* records .* busy '

# Prints the rows from "above" on, including those that were scrolled away, and
# one more.
rows() {
    screen - | sed '1,/^above$/d' | grep -c .
}

is_one_row() {
    [ "$(rows)" -eq 1 ]
}

for columns in 60 30 100; do
    terminal_resize "$columns"
    # The old line is wrapped until the next drawing.
    wait_for 5 is_one_row
    wait_screen "^ .*% .{$((columns / 2)),$((columns - 2))}\$"
    sleep 0.3
    same "rows in $columns columns" "$(rows)" 1
done
