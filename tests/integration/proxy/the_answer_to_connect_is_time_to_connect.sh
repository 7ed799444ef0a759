# What a proxy takes for its answer to CONNECT is no time of TLS.
need python3
certificates
for way in http https; do
    tunnel_start $way slow
    exits 0 ff -x "$way://127.0.0.1:$TUNNEL_PORT" --cacert tls/ca.pem \
        --trace trace --limit 1 https://good.test/1 https://good.test/2 >out
    holds "$way" out '.[0].timing | .connect >= 0.4 and .tls != null'
    holds "$way: TLS of a new and of a kept connection" trace '
        map(select(.event == "connected") | [.reused, .tls]) ==
        [[false, true], [true, true]]'
    rm trace
done
