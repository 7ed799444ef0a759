server_start
for template in '' '{name}' '../{hash}' '/{hash}' '{hash' 'a//{hash}' \
    '{hash:65}' '{hash}/'; do
    exits 2 ff --output-dir out --output-name "$template" "$URL/" 2>err
    check "$template: it says what is allowed" grep -q '{hash:N}' err
done
exits 2 ff --output-name '{hash}' "$URL/" 2>err
check "the message says that a folder is needed" grep -q 'needs --output-dir' err
check "no folder is made" test ! -e out
same "nothing was sent" "$(server_stats .accepted)" 0
