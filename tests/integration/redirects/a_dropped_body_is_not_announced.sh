# If POST becomes GET, no header says that a body follows: the server would wait
# for it.
server_start
exits 0 ff -H 'Transfer-Encoding: chunked' -H 'Expect: 100-continue' \
    -H 'Trailer: X-Sum' -H 'X-Own: 1' -d text --body \
    "$URL/redirect-to?url=/echo&status=303" >out
same "headers" "$(jq -r '.body | fromjson | .headers | map(.[0]) |
    map(select(IN("Transfer-Encoding", "Expect", "Trailer", "X-Own"))) |
    join(" ")' out)" X-Own
