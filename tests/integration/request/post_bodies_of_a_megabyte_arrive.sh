# For a body over a megabyte libcurl would send "Expect: 100-continue", and wait
# for a second for a server that does not know it.
server_start
head -c 1200000 /dev/zero | tr '\0' b >body
urls 4 "$URL/echo?" >list
exits 0 ff --limit 2 -d @body --body list >out
holds "each body arrives whole, without asking" out 'length == 4 and
    all(.body | fromjson | .body_bytes == 1200000 and
        (.headers | map(.[0] | ascii_downcase) | index("expect") | not))'
# From a record it is less, since a line is at most as long.
jq -nc --arg url "$URL/echo" --rawfile body <(head -c 700000 body) \
    '{url: $url, method: "POST", body: $body}' >list
exits 0 ff --body list >out
holds "the whole body arrives" out '.[0].body | fromjson | .body_bytes == 700000'
