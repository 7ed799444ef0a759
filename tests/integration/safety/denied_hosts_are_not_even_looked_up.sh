server_start
dnsmasq_start --address=/test/127.0.0.1
cat >list <<LIST
http://bad.test:$PORT/
http://BAD.test.:$PORT/
http://a.evil.test:$PORT/
http://evil.test:$PORT/
http://fine.test:$PORT/
http://127.0.0.2:$PORT/
http://127.0.0.9:$PORT/
$URL/redirect-to?url=http://bad.test:$PORT/
LIST
exits 1 ff --dns-servers "$DNS" --deny-host bad.test --deny-host '*.evil.test' \
    --deny-host 127.0.0.8/29 list >out
holds "only the other names are looked up" out 'sort_by(.index) |
    map(.error.code) == ["host_denied", "host_denied", "host_denied", null,
    null, null, "host_denied", "host_denied"]'
holds "as a class of its own" out 'all(.ok or .error.class == "blocked")'
same "questions about them" "$(queries A '\(bad\|a.evil\).test.*')" 0
# A denied address is refused under any name.
exits 1 ff --dns-servers "$DNS" --deny-host 127.0.0.1 \
    "http://fine.test:$PORT/" >out
holds "by its address" out '.[0].error |
    .code == "host_denied" and .phase == "connect"'
