# On a connection with streams each request is sent by one call, and recv() is
# called where the loop has announced something.  libcurl would look for each
# answer in vain as soon as its request has left, and 8.23 would send two
# WINDOW_UPDATE frames then.
need strace
! sanitized || skip "a sanitizer does not run under strace"
nghttpd_start
touch nghttpd/f
urls 6000 "$H2_URL/f?" >list
strace -f -c -o counts -e trace=sendto,recvfrom "$FANFETCH" \
    --cacert tls/ca.pem list >out 2>err || skip "strace may not trace here"
same "results" "$(jq -s 'map(select(.ok)) | length' out)" 6000
awk '$NF == "sendto" { print $4 }' counts >sends
awk '$NF == "recvfrom" { print (NF == 6 ? $5 : 0) }' counts >vain
check "it sends $(cat sends) times" test "$(cat sends)" -le 7000
check "it looks $(cat vain) times in vain" test "$(cat vain)" -le 3000
