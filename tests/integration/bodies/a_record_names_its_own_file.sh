server_start
cat >list <<END
{"url": "$URL/bytes/5", "output_name": "a/b c/{index}.bin"}
{"url": "$URL/bytes/6", "output_name": "grün"}
{"url": "$URL/bytes/7"}
END
ff --output-dir out --output-name 'n{index}' list >lines
(cd out && find . -type f -printf '%P %s\n' | sort)
same "the path is told" "$(jq -r 'select(.index == 1).body_path' lines)" \
    out/grün
