# After a while all memory is used again.  libcurl's 45 allocations for each
# request are not counted.
server_start
urls 30000 "$URL/?" >list
for n in 10000 30000; do
    head -n $n list >some
    preload fail_alloc FAIL_COUNT="count.$n"
    exits 0 ff some >/dev/null
done
more=$(($(cat count.30000) - $(cat count.10000)))
# Bursts that are larger than those before.
check "allocations of 20,000 requests more: $more" test $more -lt 10000
