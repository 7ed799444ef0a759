# At 40 columns there is room for the status, some of the URL and the reason.
need python3
server_start
long='/status/404?a-long-query-that-no-narrow-terminal-has-room-for=last'
printf '%s\n' "$URL/" "$URL$long" http://127.0.0.1:1/ ftp://x/ http://x.日本語/ >list

# text COLUMNS: the lines in a terminal of that width, without colours.
text() {
    exits 1 env NO_COLOR=1 python3 "$TESTS/on_terminal.py" "$1" -- \
        "$FANFETCH" --quiet --ordered --format text \
        --deny-host x.xn--wgv71a119e list >out
    check "no line is wrapped in $1" eval "! grep -qE '.{$1}' out"
    sed -E 's/[0-9.]+ (us|ms|s|B)/N/g' out
}

text 40 >narrow
same "status and URL" "$(sed -n 1p narrow)" "  200  $URL/"
check "the end of a URL and the reason" \
    grep -qE '^  404  [0-9.]+\.\.\..*=last  http_404$' narrow
check "a code is not cut" grep -qE '^    -  .*  scheme_unsupported' narrow
check "a short reason has room" grep -qE '127.0.0.1:1/  refused' narrow
text 200 >wide
check "the whole line is there" grep -qF "$URL$long  http_404: HTTP 404" wide
