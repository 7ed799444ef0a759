# libcurl < 8.x: see errors/a_server_that_claims_to_speak_http2_...
need python3
certificates
tunnel_start http liar
urls 60 https://good.test/ | exits 1 ff -x "http://127.0.0.1:$TUNNEL_PORT" \
    --cacert tls/ca.pem --limit 8 --threads 1 -m 10 --body >out
holds "each answer belongs to its request" out 'length == 60 and
    all(if .ok then .body == "/\(.index)" else .error.class == "protocol" end)
    and all(.[] | select(.index % 10 == 9); .ok | not)'
same "requests at once" "$(grep -c two http.liar)" 0
