dnsmasq_start
urls 50 http://nobody.test/ | exits 1 ff --dns-servers "$DNS" --limit 5 >out
same "queries" "$(queries)" 2
holds "the same error for each" out 'length == 50 and all(.error |
    .class == "dns" and .code == "not_found" and .phase == "dns" and
    (.retryable | not))'
holds "the error names the name" out 'all(.error.message | test("nobody[.]test"))'
