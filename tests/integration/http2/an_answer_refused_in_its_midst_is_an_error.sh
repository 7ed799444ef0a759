# libcurl would send such a request again, for REFUSED_STREAM (7) and
# HTTP_1_1_REQUIRED (13).  But the server has begun to answer it.
for error in 7 13; do
    h2_start midst $error
    exits 1 ff -k --body --include-headers "$H2_URL/?" >out
    holds "error $error" out '.[0] | .status_code == 200 and .body == "part" and
        .error.class == "protocol" and .error.code == "h2" and
        .error.phase == "receive" and .error.retryable and .attempts == 1'
done
# What --truncate keeps had come before.
exits 0 ff -k --truncate 2 --body "$H2_URL/?" >out
holds "enough" out '.[0].body == "pa"'
# libcurl 7.88 drops what comes with the reset, and no POST comes twice then.
for error in 7 13; do
    h2_start torn $error
    h2_posts 3 >list
    exits 1 ff -k --limit 1 --concurrency 3 list >out
    holds "POSTs and error $error" out 'length == 3 and
        all(.error.code == "h2" and .error.phase == "receive" and .attempts == 1)'
    same "requests that came twice" \
        "$(awk 'NF == 5 { print $5 }' h2.log | sort | uniq -d)" ""
done
h2_start torn 0
exits 1 ff -k --body "$H2_URL/?" >out
holds "what came with a reset is kept" out '.[0] | .status_code == 200 and
    .error.code == "truncated" and .body == "part"'
