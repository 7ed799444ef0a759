# On a kept connection libcurl looks whether something came over it, sends and
# receives: three calls.  It makes three more where it does not know what we do:
# that the loop has announced something to read, that nothing can have come since
# the request left, and that we have asked the same.  Calls that wake and feed
# threads are shared by all requests that come together, and are not counted.  On
# a busy machine a few more polls are made, but not one for every other request.
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
    awk '$NF == "total" { print $4 }' counts >"count.$n"
done
more=$(($(cat count.6000) - $(cat count.2000)))
check "system calls of 4,000 requests more: $more of at most 14000" \
    test $more -gt 7900 -a $more -le 14000
