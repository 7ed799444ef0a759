server_start
printf 'url\tnote\n%s/?a,b\t"x\ty"\n%s/\t\n' "$URL" "$URL" |
    exits 0 ff --ordered --input-format=tsv >out
holds "tabs part fields, commas don't" out --arg url "$URL" \
    'map([.url, .meta.note]) == [[$url + "/?a,b", "x\ty"], [$url + "/", ""]]'
