server_start
squid_start
exits 0 ff -x "$PROXY_URL" --body "$URL/echo?1" "$URL/echo?2" >out
same "squid's log" "$(logged 2 "$SQUID_LOG" | sort)" "GET $URL/echo?1 200
GET $URL/echo?2 200"
holds "the server sees the proxy" out 'all(.body | fromjson |
    .headers | any(.[0] == "Via"))'
holds "the peer is the proxy" out --argjson port "$PROXY_PORT" \
    'all(.remote_port == $port)'
