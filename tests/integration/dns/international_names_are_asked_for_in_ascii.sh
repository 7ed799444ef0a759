server_start
dnsmasq_start --host-record=xn--bcher-kva.test,127.0.0.2
exits 0 ff --dns-servers "$DNS" --body "http://bücher.test:$PORT/echo" \
    "http://BÜCHER.test:$PORT/echo" "http://xn--bcher-kva.test:$PORT/echo" >out
same "queries" "$(queries A 'xn--bcher-kva\.test')" 1
same "all queries" "$(queries)" 2
same "hosts asked for" "$(jq -r '.body | fromjson | .headers[] |
    select(.[0] == "Host")[1]' out | sort -u)" "xn--bcher-kva.test:$PORT"
holds "the URL is the one that was given" out \
    "sort_by(.index)[0].url == \"http://bücher.test:$PORT/echo\""
