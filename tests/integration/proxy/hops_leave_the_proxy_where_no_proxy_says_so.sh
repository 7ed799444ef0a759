server_start
squid_start
exits 0 ff -x "$PROXY_URL" --noproxy 127.0.0.2 --body \
    "$URL/redirect-to?url=$URL2/echo" "$URL2/redirect-to?url=$URL/echo" >out
same "through the proxy" "$(logged 2 "$SQUID_LOG" | sort)" "GET $URL/echo 200
GET $URL/redirect-to?url=$URL2/echo 302"
