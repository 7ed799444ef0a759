# This server refuses names outside of .test; the other one is not there.
dnsmasq_start
exits 1 ff --dns-servers "$DNS" http://example.invalid/ >out
holds "failed, and may pass" out '.[0].error |
    .class == "dns" and .code == "failed" and .phase == "dns" and .retryable'
exits 1 ff --dns-servers "127.0.0.1:$(free_port)" http://a.test/ >out
holds "failed, and may pass" out '.[0].error |
    .class == "dns" and .code == "failed" and .phase == "dns" and .retryable'
