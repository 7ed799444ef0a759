server_start
echo secret >secret
for url in "file://$PWD/secret" ftp://127.0.0.1/ gopher://127.0.0.1:70/ \
    javascript:alert mailto:me@127.0.0.1 ldap://127.0.0.1/ dict://127.0.0.1/; do
    echo "$URL/redirect-to?url=$url"
done >list
exits 1 ff --body list >out
holds "each record is refused" out 'length == 7 and all(.error |
    [.class, .code] == ["blocked", "scheme_denied"])'
holds "at its first answer" out 'all(.status_code == 302)'
check "no file is read" test "$(grep -c '"body":"secret' out)" -eq 0
