server_start
mkdir out
echo mine >out/0
echo mine >out/kept
ln out/kept out/1
exits 1 ff --output-dir out --output-name '{index}' "$URL/bytes/3" \
    "$URL/bytes/4" "$URL/bytes/5" >lines
norm lines | jq -c '[.ok, .status_code, .error.class, .error.code,
    .error.phase, .error.retryable, .body_path]'
same "the file is as it was" "$(cat out/0 out/1 out/kept)" $'mine\nmine\nmine'
same "nothing else is left" "$(find out -type f -printf '%P\n' | sort | xargs)" \
    "0 1 2 kept"
