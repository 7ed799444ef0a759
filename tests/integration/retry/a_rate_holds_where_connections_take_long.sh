# Requests that wait for a connection leave together when it is there, so none
# follows them meanwhile.  Here each connection takes a second, and ten requests.
# timeout: 120
$FANFETCH --version | grep -q nghttp2 || skip "this libcurl has no HTTP/2"
h2_start goaway 10 1
urls 40 "$H2_URL/" >list
exits 0 ff --cacert tls/ca.pem --rate-per-host 10 --limit 1 --concurrency 100 --trace trace \
    list >out
holds "evenly" trace 'map(select(.event == "sent").t) | sort |
    length >= 40 and ([.[1:], .[:-1]] | transpose | all(.[0] - .[1] > 0.05))'
