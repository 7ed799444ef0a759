server_start
exits 1 ff --max-redirects 2 --redirects "$URL/redirect/5" >out
holds "the hops are listed" out --arg url "$URL" '.[0].redirects |
    map([.url, .status_code, .location]) ==
        [[$url + "/redirect/5", 302, "/redirect/4"],
         [$url + "/redirect/4", 302, "/redirect/3"]]'
jq -c '[.error.class, .error.code, .num_redirects, .status_code]' out
same "requests" "$(server_stats .requests)" 3
exits 0 ff --max-redirects 2 "$URL/redirect/2" >out
