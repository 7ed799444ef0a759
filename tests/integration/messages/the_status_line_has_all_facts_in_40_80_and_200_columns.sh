server_start
# The first nine fail at once, so that the line has counts.
{
    urls 6 "$URL/status/404?"
    urls 3 "http://127.0.0.9:$(free_port)/"
    urls 145 "$URL/delay/300?"
    urls 145 "$URL2/delay/300?"
} >list

# shows COLUMNS REGEX: the status line of a run on such a terminal.
shows() {
    terminal_start "$1"
    terminal_type "clear; '$FANFETCH' --limit 4 list >out"
    wait_screen "^$2\$"
    same "lines on the screen" "$(screen | grep -c .)" 1
    terminal_end
}

n='[0-9]+'
shows 200 " +$n% $n/299 records  [0-9.]+/s  ETA 0:$n  $n ok  \
9 failed \(http 6, connect 3\)  4 in flight  2 hosts busy  $n B  0:0$n"
shows 80 " +$n% $n/299 [0-9.]+/s ETA 0:$n $n ok \
9 failed \(http 6, connect 3\) 4 at 2 hosts $n B"
shows 40 " +$n% $n/299 ETA 0:$n $n ok 9 failed"
