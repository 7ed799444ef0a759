# libcurl 7.88 would reset each stream after its answer.  Servers with nghttp2 >=
# 1.57, such as Node, end a connection that brings a thousand resets, and POSTs
# on it are lost.  A stream that we give up is reset.
h2_start resets
{
    h2_posts 50
    echo "{\"url\":\"$H2_URL/half\",\"body\":\"half\"}"
    urls 50 "$H2_URL/?"
} >list
exits 1 ff --cacert tls/ca.pem --limit 1 --max-size 4 list >out
holds "all but the one are ok" out 'length == 101 and
    (map(select(.ok | not) | .error.class) == ["too_large"])'
was_reset() { grep -q ' reset half$' h2.log; }
wait_for 15 was_reset
same "streams that were reset" "$(grep -c ' reset ' h2.log)" 1
