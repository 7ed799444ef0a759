# A proxy that is reached over TLS does not answer CONNECT as it should: TLS with
# the server has not begun.
certificates
connect_start tls/good.pem tls/good.key
proxy=https://localhost:$CONNECT_PORT
for kind in line lines cut switch closed; do
    exits 1 ff -m 20 -x "$proxy" --cacert tls/ca.pem "https://$kind.test/" >out
    holds "whose fault, $kind" out '.[0] | .timing.tls == null and (.error |
        .class == "proxy" and .code == "failed" and .phase == "connect" and
        .retryable)'
done
# So it is where the tunnel carries a plain request.
for kind in cut switch; do
    exits 1 ff -m 20 -x "$proxy" --cacert tls/ca.pem \
        --connect-to "::$kind.test:80" http://a.test/ >out
    holds "whose fault, $kind, plain" out '.[0].error | .class == "proxy" and
        .code == "failed" and .phase == "connect"'
done
