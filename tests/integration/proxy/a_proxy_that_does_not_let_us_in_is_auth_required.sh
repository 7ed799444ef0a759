server_start
nginx_tls_start 'location / { return 200 ok; }'
squid_passwords
squid_start "$SQUID_PASSWORDS"
for options in "" "-U u:wrong" "-U nobody:p"; do
    # shellcheck disable=SC2086 # several options
    exits 1 ff -x "$PROXY_URL" $options "$URL/" "$TLS_URL/" >out
    holds "both say so" out 'length == 2 and all(.error |
        .class == "proxy" and .code == "auth_required" and
        (.retryable | not) and (.message | test("407")))'
done
same "requests" "$(server_stats .requests)" 0
