# Two connections are left by their server, which still owes each an answer, so
# that the limit has no room for another one.  The other requests wait for
# longer than --timeout.
h2_start late 2 1.5
urls 4 "$H2_URL/?" >list
exits 0 ff -k --limit 1 --concurrency 4 -m 2 list >out
holds "all are answered" out 'length == 4 and all(.ok and .time_total < 2)'
holds "the wait is in the queue" out 'any(.time_queue > 2)'
