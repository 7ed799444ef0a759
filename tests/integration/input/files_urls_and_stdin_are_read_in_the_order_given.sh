server_start
urls 2 "$URL/?a" >a
urls 2 "$URL/?b" >b
urls 2 "$URL/?stdin" | exits 0 ff --limit 1 a "$URL/?url" - b >out
same "order" "$(server_log 'select(.event == "request").target' | tr '\n' ' ')" \
    '"/?a0" "/?a1" "/?url" "/?stdin0" "/?stdin1" "/?b0" "/?b1" '
holds "numbers go on over files" out --arg url "$URL" \
    'sort_by(.index) | map(.index) == [range(7)] and
        .[2].url == $url + "/?url" and .[6].url == $url + "/?b1"'

jq -nc --arg url "$URL/?json" '{$url}' >requests
exits 0 ff --input-format jsonl --ordered requests "$URL/?url" \
    "{\"url\":\"$URL/?object\"}" >out
holds "an operand is a URL whatever a line is" out --arg url "$URL" \
    'map(.url) ==
        [$url + "/?json", $url + "/?url", $url + "/?object"]'
