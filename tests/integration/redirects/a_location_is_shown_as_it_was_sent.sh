# It may be the end of the URL that it leads to, be spelled otherwise, or be
# longer than that.
server_start
locations=("/bytes/3" "/x/../bytes/3" "/bytes/3#$(printf '%0200d' 0)" "bytes/3")
for location in "${locations[@]}"; do
    jq -nc --arg url "$URL/redirect-to?url=" --arg to "$location" \
        '{url: ($url + ($to | @uri)), id: $to}'
done >list
exits 0 ff --redirects list >out
holds "each is as it was sent" out 'length == 4 and
    all(.redirects[0].location == .id)'
holds "all lead to one URL" out --arg url "$URL/bytes/3" \
    'all(.url_effective == $url)'
