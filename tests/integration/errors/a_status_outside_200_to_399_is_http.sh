server_start
statuses='400 401 403 404 408 410 418 425 429 500 501 502 503 504 522 524 599'
for status in $statuses; do
    echo "$URL/status/$status"
done | exits 1 ff >out
norm out | jq -c '[.status_code, .error.class, .error.code, .error.retryable]'
holds "curl has no error" out 'all(.error.curl_code == 0)'
