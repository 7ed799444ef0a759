# While a server opens no window for a body, or allows no stream, there is nothing
# to do.  libcurl would be called all the time, since it could write.
need strace
! sanitized || skip "a sanitizer does not run under strace"
head -c 100000 /dev/zero >body

# waits WHAT: it looks for events no more than it must in two seconds.
waits() {
    local n
    for i in 1 2 3 4; do
        jq -nc --arg url "$H2_URL/$i" \
            '{url: $url, method: "PUT", body_file: "body"}'
    done >list
    strace -f -c -o counts -e trace=epoll_wait "$FANFETCH" -k -m 2 --limit 1 \
        --concurrency 4 --threads 1 --allow-files . list >out || [ $? -eq 1 ] ||
        skip "strace may not trace here"
    holds "$1" out 'length == 4'
    n=$(awk '$NF == "epoll_wait" { print $4 }' counts)
    check "$1: looks for events: $n" test "$n" -lt 2000
}
h2_start silent 0
waits "no window"
h2_start full
waits "no stream"
