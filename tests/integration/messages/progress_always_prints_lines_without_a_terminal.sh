server_start
urls 6 "$URL/delay/500?" >list
exits 0 ff --limit 1 --progress always list >out 2>err
holds "all results" out 'length == 6 and all(.ok)'
check "several lines" test "$(wc -l <err)" -ge 3
check "nothing but lines" test "$(grep -vc '^fanfetch: .* records .* ok ' err)" -eq 0
check "the last one is the end" \
    grep -q '^fanfetch: 100% 6/6 records .* 6 ok  0 failed  0 in flight' \
    <(tail -n 1 err)
check "no escape sequences" test "$(tr -d '\n' <err | tr -d ' -~' | wc -c)" -eq 0
