server_start
dnsmasq_start --address=/test/127.0.0.1 --host-record=two.test,127.0.0.2
cat >list <<LIST
http://one.test:$PORT/
http://a.sub.test:$PORT/
http://sub.test:$PORT/
http://two.test:$PORT/
http://127.0.0.1:$PORT/
http://127.0.0.2:$PORT/
http://one.test:$PORT/redirect-to?url=http://other.test:$PORT/
LIST
exits 1 ff --dns-servers "$DNS" --allow-host one.test --allow-host '*.sub.test' \
    list >out
holds "by name" out 'sort_by(.index) | map(.ok) ==
    [true, true, false, false, false, false, false] and
    all(.ok or .error.code == "host_denied")'
same "questions about others" "$(queries A 'two.test')" 0
exits 1 ff --dns-servers "$DNS" --allow-host one.test --allow-host 127.0.0.2 \
    --deny-host one.test list >out
holds "addresses are allowed, and denied hosts stay denied" out 'sort_by(.index) |
    map(.ok) == [false, false, false, true, false, true, false]'
# Private addresses that are allowed are contacted.
exits 1 ff --deny-private --allow-host 127.0.0.2/32 --dns-servers "$DNS" \
    list >out
holds "with --deny-private" out 'sort_by(.index) |
    map(.ok) == [false, false, false, true, false, true, false]'
# --deny-private refuses private addresses of an allowed name, too.
exits 1 ff --deny-private --allow-host one.test --dns-servers "$DNS" list >out
holds "by name alone" out 'all(.ok | not)'
# Letters that become bytes which no name has are refused: the host would end
# before the checked part, here at the slash.
exits 1 ff --allow-host '*.sub.test' --dns-servers "$DNS" \
    "http://one.test:$PORT／.sub.test/" "http://one.test／.sub.test:$PORT/" \
    "http://a.sub.test＠one.test:$PORT/" >out
holds "no way around" out 'all(.error.code == "url_malformed" or
    .error.code == "host_denied")'
# With a proxy no name is looked up here.
exits 1 ff --allow-host '*.sub.test' -x "$URL" \
    "http://one.test／.sub.test/" >out
holds "nor through a proxy" out 'all(.error.code == "url_malformed")'
