server_start
printf '\xef\xbb\xbf%s/\n' "$URL" | exits 0 ff >out
holds "the URL is clean" out --arg url "$URL/" '.[0].url == $url'
