# A server sends two answers to one request, in one piece; so does one that is
# behind a proxy with or without TLS.  The second one answers no request.
need python3
certificates
for way in direct http https; do
    tunnel_start "$way" twice
    route=(-x "$way://localhost:$TUNNEL_PORT")
    [ "$way" != direct ] ||
        route=(--connect-to "::localhost:$TUNNEL_PORT")
    urls 6 https://good.test/ | exits 0 ff "${route[@]}" --cacert tls/ca.pem \
        --limit 1 --body >out
    holds "$way: each answer belongs to its request" out 'length == 6 and
        all(.ok and .attempts == 1 and .body == "/\(.index)")'
done
