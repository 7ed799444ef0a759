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
