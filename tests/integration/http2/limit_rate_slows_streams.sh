# timeout: 120
# --limit-rate slows a connection with many streams, and one with TLS, as a
# whole.
nghttpd_start
head -c 300000 /dev/zero >nghttpd/f
start=$(now_ms)
urls 4 "$H2_URL/f?" | FF_LIMIT=60 ff --cacert tls/ca.pem --limit-rate 300k -m 3s \
    --read-timeout 2s >out 2>err
ms=$(($(now_ms) - start))
holds 'none times out' out 'length == 4 and all(.ok and .http_version == "2")'
check 'the rate holds' [ $((ms * 307 + 61000)) -ge 1200000 ]
