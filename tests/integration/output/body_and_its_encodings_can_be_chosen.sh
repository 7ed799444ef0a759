server_start
exits 0 ff --body=base64 "$URL/json" >out
holds "base64" out '.[0] | .body_base64 | @base64d | fromjson | .name == "value"'
exits 0 ff --body=json "$URL/json" >out
holds "json" out '.[0].body_json.list == [1, 2.5, null, true]'
exits 0 ff "$URL/json" >out
holds "no body unless asked for" out '.[0] |
    (has("body") or has("body_base64") or has("body_json")) | not'
