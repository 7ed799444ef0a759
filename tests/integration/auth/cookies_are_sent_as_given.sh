server_start
exits 0 ff -b 'a=1; b=2' -b c=3 --body "$URL/echo" "$URL2/echo" >out
same "the header" "$(jq -r '.body | fromjson | .headers[] |
    select(.[0] == "Cookie")[1]' out | sort -u)" "a=1; b=2; c=3"
