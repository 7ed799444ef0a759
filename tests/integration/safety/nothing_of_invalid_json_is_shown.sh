# With a comma too many the line is not JSON, and may contain secrets.
server_start
{
    echo "{\"url\":\"$URL/\",\"headers\":{\"Authorization\":\"Bearer sesame\"},}"
    echo '{"headers":{"Authorization":"Bearer sesame"}}'
    echo '{"url":{"Authorization":"Bearer sesame"}}'
    printf '{"url":"http://h/","headers":{"X":"sesame\0"}}\n'
    echo '{"sesame'
    printf '%s\n' '{"url":"http://h/","id":"\xff sesame"}'
    printf '{"a":"sesame'
    head -c 1100000 /dev/zero | tr '\0' x
    echo
} >list
exits 1 ff -v list >out 2>err
holds "no URL" out 'length == 7 and all(.url == null and
    .error.class == "input")'
check "nothing on stdout" test "$(grep -c sesame out)" -eq 0
check "nothing on stderr" test "$(grep -c sesame err)" -eq 0
holds "file, line and column" out '.[0].error.message |
    test("^list:1:[0-9]+: ")'
printf '\xef\xbb\xbf%s\n  \t%s\n  %s\n' '{x' '{x' '[]' |
    exits 1 ff --input-format jsonl >columns
holds "columns count from the start of the line" columns 'sort_by(.index) |
    [.[].error.message | capture("^standard input:(?<n>[0-9]+:[0-9]+): ").n] ==
    ["1:2", "2:5", "3:3"]'
exits 1 ff -v --input-format jsonl - <<<'[1, "sesame' >out 2>err
check "nothing, however it begins" test "$(cat out err | grep -c sesame)" -eq 0
# Objects that were printed over several lines, and arrays of objects, are
# pieces of JSON.
{
    jq -n "{url:\"$URL/\", headers:{A:\"sesame\"}}"
    jq -nc "[{url:\"$URL/\", headers:{A:\"sesame\"}}]"
    echo '[ "sesame'
    printf '[{"a":"sesame\0"}]\n'
} >pretty
exits 1 ff -v pretty >out 2>err
holds "errors" out 'length == 9 and all(.error.class == "input")'
check "no text of its lines is shown" test "$(cat out err | grep -c sesame)" -eq 0
check "the message says what to do" grep -q 'one object on one line' err
exits 1 ff -v --input-format lines - <<<'{"a":"sesame"}' >out 2>err
check "no text of lines is shown" test "$(cat out err | grep -c sesame)" -eq 0
# The fields of these rows cannot be told apart.
{
    echo url,body
    echo "$URL/,a,sesame"
    echo "$URL/,\"sesame"
    printf '%s/,sesame\0\n' "$URL"
} >table
exits 1 ff -v --input-format csv table >out 2>err
holds "nor of rows" out 'length == 3 and all(.url == null)'
check "no text of rows is shown" test "$(cat out err | grep -c sesame)" -eq 0
# Such a record is fetched once, too.
exits 1 ff -o results.jsonl list 2>err
cp results.jsonl before
exits 0 ff -o results.jsonl --resume list 2>err
same "results" "$(wc -l <results.jsonl)" "$(wc -l <before)"
