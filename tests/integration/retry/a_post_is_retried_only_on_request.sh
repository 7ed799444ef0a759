server_start
exits 1 ff --retry 2 --retry-delay 10ms -d x \
    "$URL/flaky?status=503&times=1&key=a" >out
holds "there is one attempt" out '.[0].attempts == 1'
exits 0 ff --retry 2 --retry-delay 10ms --retry-all-methods -d x \
    "$URL/flaky?status=503&times=1&key=b" >out
holds "two attempts" out '.[0].attempts == 2'
