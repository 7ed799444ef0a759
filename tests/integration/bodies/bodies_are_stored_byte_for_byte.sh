# The bodies are sent by length, in chunks, compressed, binary and large.
need sha256sum
server_start
for path in / binary 'gzip?size=300000' chunked/100000 utf8 latin1 \
    'no-length?size=70000' bytes/10000000 'json?chunked=1'; do
    echo "$URL/${path#/}"
done >list
ff --output-dir out --sha256 list >lines
holds "all are stored" lines 'length == 9 and
    all(.ok and .body_truncated == false and
        (.body_path | startswith("out/")))'
jq -r '.body_path + " " + .url + " " + .sha256' lines |
    while read -r path url sum; do
        curl -sS --compressed -o want "$url"
        check "$url" cmp "$path" want
        same "its hash" "$(sha256sum <"$path")" "$sum  -"
        same "its name" "$(basename "${path%.*}")" "$sum"
    done
same "nothing else is left" "$(find out -type f | wc -l)" 9
check "a file as any other" test "$(stat -c %a out/* | sort -u)" = \
    "$(printf '%o' $((0666 & ~$(umask))))"
jq -r .body_path lines | sed 's/.*\(\..*\)/\1/; t; s/.*/-/' | sort | uniq -c |
    sed 's/^ *//'
