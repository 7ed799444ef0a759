server_start
exits 0 ff "$URL/gzip?size=50000" "$URL/chunked/70000" "$URL/bytes/10" >out
norm out |
    jq -c '[.size_body, .size_download < .size_body, .content_length]' |
    sed '1s/[0-9]*]$/N]/'
holds "compressed bytes were asked for and counted" out '
    sort_by(.index)[0] | .size_download == .content_length'
