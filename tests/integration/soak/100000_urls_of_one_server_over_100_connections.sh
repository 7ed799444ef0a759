# long
# alone
# timeout: 240
export FF_LIMIT=200
n=100000
if sanitized; then n=10000; fi
nginx_start "location / { return 200 ok; }
    location = /status { stub_status; }"
for threads in 1 2; do
    urls $n "$NGINX_URL/?" >list
    before=$(curl -sS "$NGINX_URL/status" | awk 'NR == 3 { print $1 }')
    exits 0 ff --threads "$threads" list >out
    after=$(curl -sS "$NGINX_URL/status" | awk 'NR == 3 { print $1 }')
    same "lines" "$(wc -l <out)" $n
    same "ok" "$(grep -c '"ok":true,"status_code":200' out)" $n
    check "connections" test $((after - before - 1)) -le 100
    same "each record once" \
        "$(sed 's/^{"index":\([0-9]*\),.*/\1/' out | sort -u | wc -l)" $n
    n=10000
done
