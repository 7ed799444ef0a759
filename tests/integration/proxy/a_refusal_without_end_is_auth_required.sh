# The body of a 407 never ends.
connect_start
for limit in "--connect-timeout 2" "--connect-timeout 0 -m 2"; do
    # shellcheck disable=SC2086 # two options
    exits 1 ff $limit -x "http://127.0.0.1:$CONNECT_PORT" https://who.test/ >out
    holds "$limit: whose fault" out '.[0].error | .class == "proxy" and
        .code == "auth_required" and .phase == "connect" and
        (.retryable | not) and (.message | test("407"))'
done
