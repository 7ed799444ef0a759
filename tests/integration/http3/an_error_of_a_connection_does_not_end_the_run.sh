# libcurl 8.14 passes bytes to nghttp3 that this has refused, and an assertion of
# nghttp3 ends the process then.
h3_start
urls 40 "$H3_URL/grow/?" >list
h3_ff --limit 4 --concurrency 20 --body list >out
holds "each has a result" out 'length == 40 and (map(.index) | unique | length) == 40'
holds "each ok one is its own answer" out 'map(select(.ok)) | length > 0 and
    all(.body == (.url | sub("https://[^/]*"; "")))'
