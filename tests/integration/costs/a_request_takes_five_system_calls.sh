# On a connection that stands: libcurl looks whether it is alive, we look whether
# anything waits to be read on it (such a connection takes no new request),
# libcurl sends, looks whether the answer is there, and receives.  What wakes and
# feeds threads is shared by as many requests as come together, and isn't
# counted.  On a busy machine a few more polls come in between, but not one for
# every other request.
need strace
! sanitized || skip "a sanitizer does not run under strace"
shared=epoll_wait,read,write,futex,mmap,munmap,mprotect,madvise,brk
server_start
urls 6000 "$URL/?" >list
for n in 2000 6000; do
    head -n $n list >some
    strace -f -c -o counts -e "trace=!$shared" "$FANFETCH" some >out 2>err ||
        skip "strace may not trace here"
    same "results" "$(wc -l <out)" $n
    # Newer libcurls (8.14) look for the answer as soon as the request has left.
    # In vain that costs a recv and a poll more, as often as the server is slow.
    awk '$NF == "recvfrom" && NF == 6 { vain = $5 }
        $NF == "total" { print $4 - 2 * vain }' counts >"count.$n"
done
more=$(($(cat count.6000) - $(cat count.2000)))
check "system calls of 4,000 requests more: $more" \
    test $more -gt 8000 -a $more -le 22000
