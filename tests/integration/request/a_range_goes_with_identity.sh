# A part of a coded body cannot be decoded, so Range asks for no coding.
server_start
coding='.[0].body | fromjson | [.headers[] |
    select(.[0] | ascii_downcase == "accept-encoding")[1]] | join("+")'
exits 0 ff --body -H 'Range: bytes=0-9' "$URL/echo" >out
same "the run's" "$(jq -sr "$coding" out)" identity
exits 0 ff --body -H 'Range: bytes=0-9' -H 'Accept-Encoding: br' "$URL/echo" >out
same "an Accept-Encoding that is given stays" "$(jq -sr "$coding" out)" br
cat >list <<LIST
{"url": "$URL/echo", "headers": {"range": "bytes=0-9"}}
{"url": "$URL/echo", "headers": {"Range": "bytes=0-9", "Accept-Encoding": "br"}}
{"url": "$URL/echo", "headers": {"X": "y"}}
LIST
exits 0 ff --body --ordered list >out
holds "a record's" out 'map(.body | fromjson | [.headers[] |
    select(.[0] | ascii_downcase == "accept-encoding")[1]]) |
    .[0] == ["identity"] and .[1] == ["br"] and .[2] == ["gzip, deflate, br, zstd"]'
