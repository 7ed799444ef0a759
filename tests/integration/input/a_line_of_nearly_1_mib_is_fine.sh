# A JSON request just under the limit of a line.
server_start
body=$(head -c 1000000 /dev/zero | tr '\0' b)
printf '{"url":"%s/echo","method":"POST","body":"%s"}\n' "$URL" "$body" |
    exits 0 ff --body >out
holds "the whole line arrived" out \
    '.[0].body | fromjson | .body_bytes == 1000000'
