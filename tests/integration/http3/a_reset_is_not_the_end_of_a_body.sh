# libcurl takes RESET_STREAM(H3_NO_ERROR) for that.
h3_start
urls 8 "$H3_URL/cut/?" >list
h3_ff --body list >out
holds "a part of a body is truncated" out 'length > 0 and all(.status_code == 200 and
    .error.class == "protocol" and .error.code == "truncated" and
    .error.retryable and .attempts == 1 and (.body | test("/cut/")))'
