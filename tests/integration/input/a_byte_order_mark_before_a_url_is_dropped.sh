server_start
printf '\xef\xbb\xbf%s/\n' "$URL" | exits 0 ff >out
holds "the URL is clean" out --arg url "$URL/" '.[0].url == $url'
# Files that were joined have more byte order marks inside.
printf '\xef\xbb\xbf%s/?%d\n\xef\xbb\xbf\n\xef\xbb\xbf#no\n' \
    "$URL" 1 "$URL" 2 >list
printf '\xef\xbb\xbf {"url": "%s/?3"}\n' "$URL" >>list
exits 0 ff list >out
same "the targets" "$(jq -r .url_effective out | sort | tr '\n' ' ')" \
    "$URL/?1 $URL/?2 $URL/?3 "
# So do operands and records that were made of such a file.
printf '\xef\xbb\xbf%s/?4\n' "$URL" >list
jq -cR '{url: .}' list >records
printf 'id,url\n1,"\xef\xbb\xbf%s/?5"\n' "$URL" >table
exits 0 ff "$(cat list)" records >out
exits 0 ff --input-format csv table >>out
holds "they are clean, too" out --arg url "$URL/" \
    'map(.url) | sort == [$url + "?4", $url + "?4", $url + "?5"]'
