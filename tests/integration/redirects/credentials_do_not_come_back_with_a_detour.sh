# After a redirect to another origin and back, they are not sent again.
server_start
printf 'machine 127.0.0.1 login u password p\n' >.netrc
chmod 600 .netrc
back="$URL2/redirect-to?url=$URL/echo"
there="$URL/redirect-to?url=$(jq -rn --arg u "$back" '$u|@uri')"
secrets='map(.[0]) | map(select(IN("Authorization", "Cookie", "Referer",
    "X-Api-Key")))'
for headers in '{Authorization: "Bearer token"}' '{Cookie: "a=1"}' \
    '{cookie: "a=1", "X-Api-Key": "k"}'; do
    jq -nc --arg url "$there" "{url: \$url, headers: $headers}"
done >list
exits 0 ff --body list >out
holds "of records: two hops, nothing secret" out "all(.num_redirects == 2 and
    (.body | fromjson | .headers | $secrets == []))"
for options in "-u u:p" "--digest -u u:p" "--oauth2-bearer token" --netrc \
    "-b a=1" "-H Cookie:a=1" "-H Authorization:x" "-e http://referer.test/"; do
    # shellcheck disable=SC2086 # several options
    exits 0 ff $options --body "$there" >out
    holds "of options: two hops, nothing secret, $options" out "
        .[0].num_redirects == 2 and
        (.[0].body | fromjson | .headers | $secrets == [])"
done
exits 0 ff --body "http://u:p@${there#http://}" >out
holds "of the URL: two hops, nothing secret" out "
    .[0].num_redirects == 2 and
    (.[0].body | fromjson | .headers | $secrets == [])"
