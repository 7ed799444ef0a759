# A server does not choose our credentials, not even empty ones
# ("http://@host/").
server_start
for to in "http://@127.0.0.1:$PORT" "http://:@127.0.0.2:$PORT" \
    "http://u:p@127.0.0.2:$PORT" "http://u:p@127.0.0.1:$PORT"; do
    exits 0 ff --redirects --body "$URL/redirect-to?url=$to/echo" >out
    holds "$to" out '.[0] | .num_redirects == 1 and
        (.body | fromjson | .headers | all(.[0] != "Authorization"))'
done
exits 0 ff --body "http://u:p@127.0.0.1:$PORT/redirect-to?url=http://v:q@127.0.0.1:$PORT/echo" \
    >out
holds "the URL's own stay within its origin" out '.[0].body | fromjson |
    .headers | any(. == ["Authorization", "Basic dTpw"])'
exits 0 ff --body "http://@127.0.0.1:$PORT/echo" >out
holds "empty ones are none" out '.[0].body | fromjson | .headers |
    all(.[0] != "Authorization")'
# --location-trusted trusts the server and takes all headers along.
exits 0 ff --location-trusted --body \
    "$URL/redirect-to?url=http://v:q@127.0.0.2:$PORT/echo" \
    "http://u:p@127.0.0.1:$PORT/redirect-to?url=$URL2/echo" >out
same "trusted" "$(jq -sr 'sort_by(.index)[].body | fromjson | .headers[] |
    select(.[0] == "Authorization") | .[1]' out | xargs)" \
    "Basic djpx Basic dTpw"
for options in "-u u:p" "--oauth2-bearer token" "-b a=1" "-e http://r.test/"; do
    # shellcheck disable=SC2086 # several options
    exits 0 ff --location-trusted $options --body \
        "$URL/redirect-to?url=$URL2/echo" >out
    holds "trusted: $options" out '.[0].body | fromjson | .headers |
        any(.[0] | IN("Authorization", "Cookie", "Referer"))'
done
