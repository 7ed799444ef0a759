server_start
socks_start -u u -P p
exits 0 ff -x "socks5h://u:p@$SOCKS_ADDR" "$URL/" >out
exits 0 ff -x "socks5h://$SOCKS_ADDR" -U u:p "$URL/" >out
check "the password is not shown" test "$(grep -c 'u:p' out)" -eq 0
for options in "-x socks5h://$SOCKS_ADDR" "-x socks5h://u:no@$SOCKS_ADDR"; do
    # shellcheck disable=SC2086 # several options
    exits 1 ff $options "$URL/" >out
    holds "not let in" out '.[0].error | .class == "proxy" and
        .code == "auth_required" and (.retryable | not)'
    holds "the peer is the proxy" out '.[0].remote_ip == "127.0.0.1"'
done
same "requests" "$(server_stats .requests)" 2
