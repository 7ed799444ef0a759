# Every message is a whole line of its own, above the line.
server_start
{
    for i in $(seq 12); do
        echo "$URL/delay/150?$i"
        echo "$URL/status/404?$i"
    done
    urls 2 "$URL/stall?"
} >list
terminal_start 80
terminal_type "clear; '$FANFETCH' -v --limit 2 list >out"
wait_screen '^ .* 12 failed'
screen | tee shown
same "messages" "$(grep -c '^fanfetch: .*HTTP 404' shown)" 12
same "the line" "$(tail -n 1 shown | grep -c '^ .* 12 failed')" 1
same "there are no other lines" "$(wc -l <shown)" 13
