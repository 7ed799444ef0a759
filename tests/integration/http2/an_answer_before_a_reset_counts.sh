# The connection is gone when its PING is to be answered.  libcurl would give up the
# transfer then, though its answer has come.  A request on a connection that
# has ended in the meantime is repeated.
h2_start hasty
urls 200 "$H2_URL/?" >list
exits 0 ff --cacert tls/ca.pem --limit 1 --concurrency 1 --body list >out
holds "all have their answer" out 'length == 200 and all(.ok and .body == "1")'
