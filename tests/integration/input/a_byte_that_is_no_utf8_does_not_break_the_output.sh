server_start
printf '%s/?caf\xe9\n' "$URL" | ff >out || :
check "one line" test "$(wc -l <out)" -eq 1
check "of valid UTF-8" iconv -f UTF-8 -t UTF-8 out -o /dev/null
holds "U+FFFD for the byte" out '.[0].url | endswith("/?caf\ufffd")'
