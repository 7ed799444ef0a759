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

# Nothing is written either, also where only the start of the run finds the
# error: a trace, a jar and an archive stay as they were.
ff --trace trace -c jar --warc archive "$URL/" >out
cat trace jar archive >before
server_reset
for option in '-b missing' '--dns-servers here' '--since .' '--fields key' \
    '--expect (' '-H @missing'; do
    # shellcheck disable=SC2086 # two words are meant
    exits 2 ff $option --trace trace -c jar --warc archive -o new.jsonl \
        --summary=new.sum --report new.html --output-dir new "$URL/" 2>err
    check "$option: the files are as before" cmp before <(cat trace jar archive)
    check "$option: none is new" test -z "$(find . -name 'new*')"
done
same "requests" "$(server_stats .requests)" 0
