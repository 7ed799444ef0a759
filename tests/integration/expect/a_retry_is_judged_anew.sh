server_start
ff --retry 2 --retry-delay 10ms --expect '^ok' \
    "$URL/flaky?times=1&key=a" >lines
holds "the answer that stands" lines '.[0].attempts == 2'
exits 1 ff --retry 2 --retry-delay 10ms --expect '^no' \
    "$URL/flaky?times=1&key=b" >lines
holds "an unexpected body is final" lines '
    .[0].attempts == 2 and .[0].error.class == "expect"'
# A redirect's body is not the last hop's.
exits 1 ff --expect . "$URL/redirect/1?to=/bytes/0" >lines
ff --expect . --max-redirects 0 "$URL/redirect/1?size=5" >lines || :
exits 1 ff -X HEAD --expect . "$URL/bytes/5" >lines
ff -X HEAD --expect '^$' "$URL/bytes/5" >lines
exits 1 ff --expect . "$URL/status/304" >lines
exits 1 ff -m 5 --expect . "$URL/truncated?size=5000" >lines
holds "an error before it stands" lines '.[0].error.code == "truncated"'
