# Whatever libcurl says of it: 7.88 takes a reset for an end in order here, and
# 8.14 tells the first stream alone.
h2_start abort 3
for i in 1 2 3; do
    jq -nc --arg url "$H2_URL/?$i" '{url: $url, method: "POST", body: "x"}'
done >list
exits 1 ff --cacert tls/ca.pem --http2 --limit 1 --concurrency 3 --ordered list >out
holds "all of them were reset" out 'length == 3 and all(
    .error.class == "connect" and .error.code == "reset" and
    .error.os_errno == 104 and .error.retryable and .attempts == 1)'
holds "the first one within its answer" out '
    map(.status_code) == [200, null, null] and
    map(.error.phase) == ["receive", "wait", "wait"]'
