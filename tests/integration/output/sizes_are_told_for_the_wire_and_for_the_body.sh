server_start
exits 0 ff "$URL/gzip?size=50000" "$URL/chunked/70000" "$URL/bytes/10" >out
norm out |
    jq -c '[.size_body, .size_download < .size_body, .content_length]' |
    sed '1s/[0-9]*]$/N]/'
holds "compressed bytes were asked for and counted" out '
    sort_by(.index)[0] | .size_download == .content_length'
# Bytes behind those that could be decoded, or were wanted, came as well.
exits 1 ff --truncate 10 "$URL/bad-gzip" "$URL/gzip?size=50" >out
holds "all that came are counted" out 'all(.size_download == .content_length)'
