# alone
# timeout: 180
export FF_LIMIT=150
nginx_start "location / { return 200 ok; }
    location = /status { stub_status; }"
urls 100000 "$NGINX_URL/?" >list
for threads in 1 2; do
    before=$(curl -sS "$NGINX_URL/status" | awk 'NR == 3 { print $1 }')
    exits 0 ff --threads "$threads" list >out
    after=$(curl -sS "$NGINX_URL/status" | awk 'NR == 3 { print $1 }')
    same "lines" "$(wc -l <out)" 100000
    same "ok" "$(grep -c '"ok":true' out)" 100000
    check "connections" test $((after - before - 1)) -le 100
    same "each record once" \
        "$(jq .index out | sort -n | uniq | wc -l)" 100000
done
