server_start
need script
export TERM=xterm
urls 3 "$URL/?" >list
# The list ends when the status line is shown, and the next one is missing.
exits 3 script -qec \
    "{ cat list; until grep -q '3/3 records' screen; do sleep 0.05; done; } | '$FANFETCH' - missing >out" typescript \
    </dev/null >screen
check "a status line before it" grep -q '3/3 records' screen
check "the message takes its place" grep -q \
    "$(printf '\r \033\\[J\rfanfetch: error: cannot open .missing.')" screen
holds "the results" out 'length == 3'
