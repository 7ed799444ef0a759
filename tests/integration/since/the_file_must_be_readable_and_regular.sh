# timeout: 120
server_start
echo "$URL/" >list
exits 0 ff --since state list >out 2>err
same "a missing one is told once" "$(cat err)" \
    "fanfetch: there is no 'state', so every result counts as new"
holds "a first run" out '.[0].change == "new"'
exits 0 ff -q --since state list >out 2>err
check "not with -q" test ! -s err

cp out state
before=$(server_stats .requests)
exits 2 ff --since <(cat state) list >got 2>err
check "a pipe" grep -q 'needs a regular file' err
exits 2 ff --since . list >got 2>err
check "a folder" grep -q 'needs a regular file' err
ln -s state link
for file in state ./state link; do
    exits 2 ff --since "$file" -o state list 2>err
    check "$file is written" grep -q 'this run would write to' err
    exits 2 ff --since "$file" --summary=state list >got 2>err
    exits 2 ff --since "$file" list >>state 2>err
done
exits 2 ff --since new -o new list 2>err
check "a new one that is to be written" test ! -e new
exits 2 ff --since - list >got 2>err
check "as it was" cmp out state
exits 3 ff --since list -o out2 list 2>err
check "a list is none" grep -q "list:1: not a result of fanfetch's" err
check "nothing was made" test ! -e out2
{ cat state && echo 'dear diary'; } >diary
exits 3 ff --since diary list >got 2>err
check "the message says where" grep -q "diary:2: not a result of fanfetch's" err
same "nothing was sent" "$(server_stats .requests)" "$before"
for text in '' '{"index":' $'{"index":0,\n' '{"url":1}'; do
    printf '%s' "$text" >torn
    exits 0 ff --since torn list >got 2>err
    holds "half a line, or none" got '.[0].change == "new"'
    check "without a word" test ! -s err
done
# The lines lack keys that a later run uses, or have blanks between them.
jq -c '{url, sha256}' state >short
exits 0 ff --since short list >got
holds "the remaining results are compared" got '.[0].change == "unchanged"'
printf %s "$(cat state)" >bare
exits 0 ff --since bare list >got
holds "the last result counts without its newline" got '.[0].change == "unchanged"'
