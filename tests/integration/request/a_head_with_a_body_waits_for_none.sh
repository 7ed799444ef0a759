# The response to HEAD has no body, whatever length it declares (RFC 9110,
# 9.3.2).
server_start
jq -nc --arg url "$URL/bytes/1000" '{url: $url, method: "HEAD", body: "x"}' >list
exits 0 ff -m 20 list >out
holds "the head" out '.[0] | .status_code == 200 and .content_length == 1000 and
    .size_body == 0'
