# Keys have many names, so a header that is not known to be harmless is not
# sent.
server_start
kept=(X-Vault-Token X-Goog-Api-Key Ocp-Apim-Subscription-Key DPoP X-Custom
    X-Forwarded-For Referer Origin Cookie X-User-Agent Accepted If)
sent=(Accept-Language User-Agent Cache-Control Pragma If-None-Match If-Range
    Range)
of_body=(Content-Type Content-Encoding Content-Language)
options=()
for name in "${kept[@]}" "${sent[@]}" "${of_body[@]}" Content-MD5; do
    options+=(-H "$name: secret")
done
to_origin=$URL2/echo
jq -nc --arg url "$URL/redirect-to?status=307&url=$to_origin" \
    --arg names "${kept[*]} ${sent[*]} ${of_body[*]} Content-MD5" '{$url,
    headers: ($names | [scan("[^ \n]+")] | map({(.): "secret"}) | add)}' >list
# names FILE: the headers with that value, sorted.
names() {
    jq -r '.body | fromjson | .headers[] | select(.[1] == "secret") | .[0]' \
        "$1" | sort | xargs
}
want=$(printf '%s\n' "${sent[@]}" | sort | xargs)
exits 0 ff "${options[@]}" --body "$URL/redirect-to?url=$to_origin" >out
same "of options" "$(names out)" "$want"
exits 0 ff --body list >out
same "of a record" "$(names out)" "$want"
exits 0 ff --location-trusted --body list >out
same "with --location-trusted" "$(names out)" \
    "$(printf '%s\n' "${kept[@]}" "${sent[@]}" "${of_body[@]}" Content-MD5 | sort | xargs)"
# A body takes along the headers that say how to read it.
want=$(printf '%s\n' "${sent[@]}" "${of_body[@]}" | sort | xargs)
exits 0 ff "${options[@]}" -d text --body \
    "$URL/redirect-to?status=307&url=$to_origin" >out
same "with a body" "$(names out)" "$want"
holds "the body" out '.[0].body | fromjson | .body == "text" and
    .method == "POST"'
# Our own Connection header is not one of the user's.
exits 0 ff --force-close -H 'Connection: keep-alive' --body \
    "$URL/redirect-to?url=$to_origin" >out
holds "force-close" out '.[0].body | fromjson | .headers |
    any(. == ["Connection", "close"])'
