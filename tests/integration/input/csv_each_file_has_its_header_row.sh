server_start
printf 'url,a\n%s/?0,1\n' "$URL" >a.csv
printf 'b,url\n2,%s/?1\n' "$URL" >b.csv
exits 0 ff --ordered --input-format csv a.csv "$URL/?operand" b.csv >out
holds "columns are the file's own" out \
    'map(.meta) == [{a: "1"}, null, {b: "2"}]'
holds "an operand is a URL" out --arg url "$URL/?operand" '.[1].url == $url'
