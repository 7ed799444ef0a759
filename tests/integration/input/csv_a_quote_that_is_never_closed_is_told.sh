# Text that can't be read as rows any more is reported.
server_start
{
    printf 'url,id\n%s/,1\n"%s/,2\n' "$URL" "$URL"
    head -c 1200000 /dev/zero | tr '\0' '\n'
    printf '%s/,3\n' "$URL"
} >list.csv
exits 3 ff --ordered --input-format csv list.csv >out 2>err
holds "one row is ok, one is too long" out \
    'map(.error.code) == [null, "line_too_long"]'
check "the message tells where" grep -q 'list.csv:3: a quote is never closed' err
