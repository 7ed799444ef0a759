# Same method, URL, headers and body: one request, a line for each.
server_start
{
    echo "$URL/echo"
    echo "HTTP://127.0.0.1:$PORT/echo#part"
    echo "{\"url\":\"$URL/echo\",\"method\":\"GET\",\"id\":7,\"meta\":[1]}"
    echo "{\"url\":\"$URL/echo\",\"method\":\"POST\"}"
    echo "{\"url\":\"$URL/echo\",\"body\":\"a\"}"
    echo "{\"url\":\"$URL/echo\",\"json\":\"a\"}"
    echo "{\"url\":\"$URL/echo\",\"headers\":{\"X\":\"1\"}}"
    echo "{\"url\":\"$URL/echo\",\"body\":\"a\",\"method\":\"POST\"}"
    echo "http://["
    echo "http://["
    echo "$URL/echo"
    echo "{\"url\":\"$URL/echo\",\"headers\":{\"x\":[\"1\"]}}"
    echo "http://127.1:$PORT/echo"
} >list
exits 1 ff --unique --ordered list >out
holds "each record has one line" out 'map(.index) == [range(13)]'
holds "repeats point to the first" out 'map(.duplicate_of) ==
    [null, 0, 0, null, null, null, null, 4, null, null, 0, 6, 0]'
holds "the key is there for repeats alone" out \
    'map(has("duplicate_of")) | map(select(.)) | length == 6'
holds "a repeat was not sent, and is no failure" out \
    'map(select(.duplicate_of != null)) | all(.ok and .error == null and
        .attempts == 0 and .status_code == null and .url_effective == null)'
holds "the repeat has its own id and meta" out '.[2] | .id == 7 and .meta == [1]'
holds "each unusable one has its error" out \
    '.[8, 9] | .error.class == "input"'
same "requests at the server" "$(server_stats .requests)" 5

# An expectation that would not be checked, or a file that would not be written,
# makes another record.
{
    echo "$URL/echo"
    echo "{\"url\":\"$URL/echo\",\"expect\":\"never\"}"
    echo "{\"url\":\"$URL/echo\",\"expect_sha256\":\"$(printf %064d 0)\"}"
    echo "{\"url\":\"$URL/echo\",\"accept\":\"404\"}"
    echo "{\"url\":\"$URL/echo\",\"output_name\":\"a\"}"
    echo "{\"url\":\"$URL/echo\",\"output_name\":\"a\",\"timeout\":9}"
} >list
echo "{\"url\":\"$URL/echo\",\"expect\":\"\"}" >>list
exits 1 ff --unique --ordered --expect GET --output-dir bodies list >out
holds "demands of their own are met or not" out 'map(.error.class) ==
    [null, "expect", "expect", "http", null, null, null] and
    map(.duplicate_of) == [null, null, null, null, null, 4, null]'
check "the file is written" test -e bodies/a

# Files that the options send are known by their names.
echo text >file
{
    echo "$URL/echo"
    echo "$URL/echo"
} >list
for part in f=@file 'f=<file'; do
    : >earlier.jsonl
    exits 0 ff --unique --since earlier.jsonl -F "$part" list >out
    holds "$part" out 'length == 2 and
        sort_by(.index)[1].duplicate_of == 0'
done
