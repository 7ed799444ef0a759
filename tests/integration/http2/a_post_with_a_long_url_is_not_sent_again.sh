# A connection answers five streams; with the next one it is gone.  libcurl >= 8
# tells the number of a stream in a line with the whole URL.
h2_start vanish 5
{
    h2_posts 1
    h2_posts 40 | sed "s|\",\"body|?$(printf '%0200d' 0)&|"
} >list
exits 1 ff --cacert tls/ca.pem --limit 1 --concurrency 1 list >out
same "a POST that was sent twice" "$(awk 'NF > 4 { print $5 }' h2.log | sort |
    uniq -d | grep -vx 1)" ""
holds "the error says why" out 'all(.ok or (.error.code == "empty_reply" and
    .attempts == 1 and (.error.message | test("not sent twice"))))'
