# HEAD, 204, 304 and failures have no file; an empty body has one.
server_start
cat >list <<END
{"url": "$URL/bytes/100", "method": "HEAD"}
{"url": "$URL/status/204"}
{"url": "$URL/status/304"}
{"url": "$URL/reset"}
{"url": "$URL/bytes/0"}
END
exits 1 ff --accept 200-599 --output-dir out --sha256 list >lines
norm lines | jq -c '[.ok, .body_path, .sha256, .body_truncated]'
same "there is one file" "$(find out -type f | wc -l)" 1
