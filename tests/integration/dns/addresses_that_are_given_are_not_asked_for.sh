server_start
dnsmasq_start
exits 0 ff --dns-servers "$DNS" --body --resolve "a.test:$PORT:127.0.0.7" \
    --connect-to "b.test:80:127.0.0.8:$PORT" \
    --connect-to "c.test:$PORT:a.test:$PORT" \
    "http://a.test:$PORT/echo" http://b.test/echo "http://c.test:$PORT/echo" \
    "http://127.0.0.9:$PORT/echo" "http://localhost:$PORT/echo" >out
same "queries" "$(queries)" 0
same "peers" "$(jq -r .remote_ip out | sort | tr '\n' ' ')" \
    "127.0.0.1 127.0.0.7 127.0.0.7 127.0.0.8 127.0.0.9 "
same "the hosts asked for are the URLs'" "$(
    jq -r '.body | fromjson | .headers[] | select(.[0] == "Host")[1]' out |
        sort | tr '\n' ' ' | sed "s/$PORT/PORT/g"
)" "127.0.0.9:PORT a.test:PORT b.test c.test:PORT localhost:PORT "
