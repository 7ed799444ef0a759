server_start
exits 1 ff -x "socks4://127.0.0.1:$PORT" --resolve "six.test:80:[2001:db8::1]" \
    --retry 2 --retry-delay 1ms http://six.test/ >out
holds "the proxy is at fault, and no retry helps" out '.[0] | .attempts == 1 and
    (.error | .class == "proxy" and .code == "failed" and
    .phase == "connect" and (.retryable | not) and
    (.message | test("IPv4")))'
