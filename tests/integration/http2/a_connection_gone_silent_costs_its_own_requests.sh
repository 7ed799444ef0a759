# The first connection answers five streams, then none, as one whose peer is gone
# without a word.  The requests on it time out, and those that were sent between
# the first and the last of them; no others get it.
h2_start silent 5
urls 60 "$H2_URL/?" >list
ff --cacert tls/ca.pem --limit 4 --concurrency 10 -m 3 list >out ||
    same "status" $? 1
holds "the others are answered" out 'length == 60 and
    (map(select(.ok | not)) | length > 0 and length <= 20 and
        all(.error.class == "timeout"))'
