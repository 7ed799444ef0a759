# On a connection with streams a request is sent, and libcurl < 8.x looks whether
# something came before.  What is read is shared by many answers.  libcurl would
# look for each answer in vain as soon as its request has left, and 8.23 would
# send two WINDOW_UPDATE frames then.
need strace
! sanitized || skip "a sanitizer does not run under strace"
shared=epoll_wait,read,write,futex,mmap,munmap,mprotect,madvise,brk
nghttpd_start
touch nghttpd/f
urls 6000 "$H2_URL/f?" >list
for n in 2000 6000; do
    head -n $n list >some
    strace -f -c -o counts -e "trace=!$shared" "$FANFETCH" \
        --cacert tls/ca.pem some >out 2>err || skip "strace may not trace here"
    same "results" "$(jq -s 'map(select(.ok)) | length' out)" $n
    awk '$NF == "total" { print $4 }' counts >"count.$n"
done
more=$(($(cat count.6000) - $(cat count.2000)))
check "system calls of 4,000 requests more: $more of at most 11500" \
    test $more -gt 3900 -a $more -le 11500
