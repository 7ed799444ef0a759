squid_start
exits 1 ff -x "$PROXY_URL" "https://127.0.0.1:$(free_port)/" >out
holds "no handshake" out '.[0].timing | .connect > 0 and .tls == null'
holds "the error says so, with the status" out '.[0].error |
    .class == "proxy" and .phase == "connect" and
    .code == "failed" and .retryable and
    (.message | test("50[0-9]"))'
