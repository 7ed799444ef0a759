server_start
need script
export TERM=xterm
urls 3 "$URL/?" >list
# The status line is shown when the list ends and the next one is missing.
exits 3 script -qec \
    "{ cat list; sleep 0.7; } | '$FANFETCH' - missing >out" typescript \
    </dev/null >screen
check "a status line before it" grep -q '3/3 records' screen
check "the message takes its place" grep -q \
    "$(printf '\r \033\\[J\rfanfetch: error: cannot open .missing.')" screen
holds "the results" out 'length == 3'
