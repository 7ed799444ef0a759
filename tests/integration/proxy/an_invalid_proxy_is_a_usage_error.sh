server_start
for proxy in ftp://h:1 http://h:99999 http://h:x http:// ' ' 'http://a b' \
    http://u:secret@h:99999 http://u:secret@x@h:1 'http://u:secret x@h:1' \
    http:/u:secret@h:1; do
    exits 2 ff -x "$proxy" "$URL/" >out 2>err
    check "the message says what is allowed, '$proxy'" grep -q -- "--proxy must be .*socks5h" err
    check "no password is shown" test "$(grep -c secret err)" -eq 0
    http_proxy=$proxy exits 2 ff "$URL/" >out 2>err
    check "so is a proxy of the environment, '$proxy'" grep -q "environment's proxy" err
done
same "accepted" "$(server_stats .accepted)" 0
# A proxy variable that is not used is not checked.
http_proxy=ftp://h exits 0 ff --no-env-proxy "$URL/" >out
http_proxy=ftp://h exits 0 ff -x '' "$URL/" >out
