# Each bad row is a record with an error that names file and line.
server_start
{
    echo 'url,id,method'
    echo "$URL/?0,0,"
    echo "$URL/?few"
    echo "$URL/?many,1,GET,x"
    echo "$URL/?\"stray,2,"
    echo "\"$URL/?behind\"x,3,"
    echo "\"$URL/?never,4,"
    echo "\"$URL/?1\",5,"
    echo ',6,'
    echo "$URL/,7,G T"
    printf '%s/\0,8,\n' "$URL"
    printf '"'
    head -c 1100000 /dev/zero | tr '\0' '\n'
    echo '",9,'
    echo "$URL/?2,10,"
} >bad.csv
exits 1 ff --ordered --input-format csv bad.csv >out
holds "each record has one line" out 'map(.index) == [range(12)]'
holds "the codes" out 'map(.error.code) == [null, "csv_invalid",
    "csv_invalid", "csv_invalid", "csv_invalid", "csv_invalid", null,
    "url_missing", "method_invalid", "nul_byte", "line_too_long", null]'
holds "no URL is null" out '.[7].url == null'
holds "the places" out '[.[] | select(.error).error.message |
    capture("^bad.csv:(?<n>[0-9]+): ").n | tonumber] ==
    [3, 4, 5, 6, 7, 9, 10, 11, 12]'
holds "a long row is not echoed" out 'all(tostring | length < 20000)'
same "requests at the server" "$(server_stats .requests)" 3
