# The header row names the columns; columns that are no part of a request are
# meta.
server_start
printf '\xef\xbb\xbfid,url, method ,body,team,"a ""b"""\r\n' >list.csv
{
    printf '7,%s/echo,PUT,"one\r\ntwo, ""three""",red,x\r\n' "$URL"
    printf '\r\n'
    printf ',%s/,,,"",\r\n' "$URL"
    printf '"a","%s/echo",,form=1,gr\xc3\xbcn,\xff' "$URL"
} >>list.csv
exits 0 ff --ordered --input-format csv --body list.csv >out
holds "three records" out 'map(.index) == [0, 1, 2]'
holds "the id is a string, an empty one is none" out \
    'map(.id) == ["7", null, "a"]'
holds "other columns are meta" out 'map(.meta) == [
    {team: "red", "a \"b\"": "x"},
    {team: "", "a \"b\"": ""},
    {team: "grün", "a \"b\"": "\ufffd"}]'
holds "methods" out 'map(.method) == ["PUT", "GET", "POST"]'
holds "a body may have newlines and quotes" out \
    '.[0].body | fromjson | .body_bytes == 17'
