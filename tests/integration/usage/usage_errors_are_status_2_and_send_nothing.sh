server_start
while read -r arguments; do
    # shellcheck disable=SC2086 # several words are meant
    exits 2 ff $arguments "$URL/" >out 2>err
    check "stdout is empty: $arguments" test ! -s out
    check "a message: $arguments" grep -q '^fanfetch: error: ' err
done <<ARGUMENTS
--no-such-option
-z
--limit -1
--limit many
--limit 99999999999999999999
--limit 3x
--limit-per-host -1
--threads 0
--max-redirects -1
--timeout soon
--timeout -1
--connect-timeout 10x
--body=poem
--progress sometimes
--summary=
ARGUMENTS
exits 2 ff "$URL/" --limit >out 2>err
same "requests" "$(server_stats .requests)" 0
