# On a kept connection libcurl checks that it is alive, sends, checks whether
# the answer is there, and receives: four calls.  We make a fifth where libcurl
# does not look for something to read (libcurl < 8.0): such a connection takes
# no new request.  Calls that wake and feed threads are shared by all requests
# that come together, and are not counted.  On a busy machine a few more polls
# are made, but not one for every other request.
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
case $("$FANFETCH" --version) in
*libcurl/7.*) most=22000 ;;
*) most=18000 ;;
esac
check "system calls of 4,000 requests more: $more of at most $most" \
    test $more -gt 8000 -a $more -le $most
