server_start
squid_start 'acl ours port 443' 'http_access deny CONNECT !ours'
exits 1 ff -x "$PROXY_URL" "https://127.0.0.1:$PORT/" >out
holds "no handshake" out '.[0].timing | .connect > 0 and .tls == null'
holds "the error says so, with the status" out '.[0].error |
    .class == "proxy" and .phase == "connect" and
    .code == "denied" and (.retryable | not) and
    (.message | test("403"))'
# For a plain URL the proxy's answer is the answer.
exits 0 ff -x "$PROXY_URL" "$URL/" >out
