# From here to another origin and back here: they are gone for good.
server_start
back="$URL2/redirect-to?url=$URL/echo"
jq -nc --arg url "$URL/redirect-to?url=$(jq -rn --arg u "$back" '$u|@uri')" \
    '{url: $url, headers: {Authorization: "Bearer token"}}' >list
exits 0 ff --body list >out
holds "two hops" out '.[0].num_redirects == 2'
holds "no credentials" out '.[0].body | fromjson | .headers |
    all(.[0] != "Authorization")'
