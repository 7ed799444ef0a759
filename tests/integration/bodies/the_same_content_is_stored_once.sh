# The same content is stored by many at once, and again in another run, under a
# whole hash or a short one.
server_start
urls 300 "$URL/bytes/100000?" >list
for template in '{hash}{ext}' '{hash:2}/{hash:9}'; do
    rm -rf out
    ff --limit 50 --threads 4 --output-dir out --output-name "$template" \
        list >first
    ff --output-dir out --output-name "$template" list >second
    holds "all have it" first 'length == 300 and all(.ok)'
    cat first second >both
    holds "in one file" both 'map(.body_path) | unique | length == 1'
    same "there is no other file" "$(find out -type f | wc -l)" 1
    same "which is whole" "$(stat -c %s "$(find out -type f)")" 100000
done
