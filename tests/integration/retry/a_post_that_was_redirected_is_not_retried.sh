# The first server has processed the POST, so that no retry may send it again,
# although the request that its redirect leads to never left.
server_start
for status in 302 307; do
    exits 1 ff --retry 2 --retry-delay 10ms -d x \
        "$URL/redirect-to?status=$status&url=http://127.0.0.1:1/" >out
    holds "the next hop is refused" out '.[0].error.class == "connect" and
        .[0].attempts == 1 and .[0].num_redirects == 1'
done
same "requests" "$(server_stats .requests)" 2
exits 1 ff --retry 2 --retry-delay 10ms \
    "$URL/redirect-to?url=http://127.0.0.1:1/" >out
holds "a GET is retried" out '.[0].attempts == 3'
