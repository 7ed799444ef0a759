# POST becomes GET on 301, 302 and 303; other methods but HEAD become GET on 303
# alone.  307 and 308 change nothing.
server_start
for method in POST PUT GET HEAD DELETE; do
    for status in 301 302 303 307 308; do
        jq -nc --arg method "$method" --arg query "$method-$status" \
            --arg url "$URL/redirect/1?status=$status" \
            '{method: $method, url: ($url + "&to=/echo%3F" + $query)}
                + if $method | IN("POST", "PUT") then {body: "text"} else {} end'
    done
done >list
exits 0 ff --body list >out
norm out | jq -r '.url_effective as $url |
    [($url | sub(".*[?]"; "")), .method, (.body | (fromjson | .method,
        .body, (.headers | map(select(.[0] | test("^content-"; "i"))) |
            length))? // "-")] | join(" ")'
