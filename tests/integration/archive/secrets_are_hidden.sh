# Credentials and cookies of requests and URLs are in the archive only with
# --show-secrets.

need python3
server_start
host=${URL#http://}
cat >list <<JSON
{"url":"http://me:hidden1@$host/echo"}
{"url":"$URL/bytes/10","headers":{"Authorization":"Bearer hidden2","cookie":"a=hidden3"}}
{"url":"$URL/bytes/11","headers":{"X-Vault-Token":"hidden9","x-api-key":"hidden10","X-Plain":"shown"}}
{"url":"http://u:p@$host/auth-digest"}
JSON

ff --warc a.warc -b b=hidden4 -x "http://q:hidden5@$host" list >/dev/null || :
ff --warc a.warc -b b=hidden4 list >/dev/null || :
python3 "$TESTS/warc.py" a.warc >records
# The server's own echo is its response.
jq -c 'select(.type != "response" and .type != "metadata")' records >sent
check 'nothing is there' test "$(grep -c hidden sent)" = 0
holds 'they are stars' sent '
    map(select(.type == "request") | .headers)
    | all(.cookie == ["***"]) and any(.authorization == ["***"])
      and any(.["proxy-authorization"] == ["***"])
      and any(.["x-vault-token"] == ["***"] and .["x-plain"] == ["shown"])'
# They are not among the options in the warcinfo record either.
ff --warc c.warc -b b=hidden4 -H 'X-Key: hidden6' -u "it's:hidden7" \
    -A 'two words' -m 50 "http://me:hidden8@$host/" >/dev/null
check 'the options' grep -q "^options: --warc c.warc --cookie '\*\*\*' .* \
--user-agent 'two words' --timeout 50.\$" c.warc
check 'nothing is there' test "$(grep -ac '^options.*hidden' c.warc)" = 0

# Nor are they in the record of a failure, though the result has its request.
echo '{"url":"http://me:hidden11@127.0.0.1:1/","headers":{"X-Key":"hidden12"}}' >dead
for show in '' --show-secrets; do
    rm -f d.warc
    ff --warc d.warc $show --keep-request dead >out || :
    same "secrets in the result" "$(grep -o 'hidden1[12]' out | sort -u | wc -l)" 2
    same "secrets in the record $show" "$(grep -ao 'hidden1[12]' d.warc |
        sort -u | wc -l)" "$([ -z "$show" ] && echo 0 || echo 2)"
done

ff --warc b.warc --show-secrets -b b=hidden4 list >/dev/null || :
python3 "$TESTS/warc.py" b.warc >records
holds 'they are shown' records '
    map(select(.type == "request") | .headers.authorization[0] // "")
    | any(test("hidden2")) and any(test("^Basic "))'
