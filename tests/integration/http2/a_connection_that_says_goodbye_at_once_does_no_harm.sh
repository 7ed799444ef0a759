# A server that restarts accepts a connection, says by a GOAWAY that it ends and
# does so, without an answer: a GET is sent again, a POST is not.
certificates
ask() {
    h2_start "$@"
    ff --cacert tls/ca.pem -X "$method" "$H2_URL/" >out || :
    kill "$H2_PID"
}
for method in GET PUT; do
    ask farewell 2 0
    holds "$method" out '.[0] | .ok and .attempts == 3'
done
method=POST
ask farewell 2 0
holds "POST" out '.[0] | .error.retryable and .attempts == 1'
# It is bounded.
method=GET
ask farewell 100 0
holds "GET without end" out '.[0] | .error.retryable and
    .attempts == 6'
# A GOAWAY for an error promises nothing.
ask farewell 2 2
holds "an error" out '.[0] | .error.retryable and .attempts == 1'
