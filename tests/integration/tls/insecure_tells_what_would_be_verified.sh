# With --insecure, too, `verified` says whether a certificate would do: a "*" is a
# whole label, and the subject counts only if there is no other name.
need python3
"$FANFETCH" --version | grep -q OpenSSL || skip "libcurl is not on OpenSSL"
certificates
certificate part ca 'subjectAltName=DNS:a*.w.test' 2>log
certificate whole ca 'subjectAltName=DNS:*.w.test' 2>log
certificate host.test ca 'subjectAltName=IP:127.0.0.9' 2>log
certificate own.test ca 'basicConstraints=CA:FALSE' 2>log
# verified NAME HOST WANT
verified() {
    python3 "$TESTS/tlsfail.py" ended "tls/$1.pem" "tls/$1.key" >"$1.port" &
    CLEANUP_PIDS+=("$!")
    wait_lines "$1.port" 1
    exits 0 ff -k --cacert tls/ca.pem --tls-info \
        --connect-to "::127.0.0.1:$(<"$1.port")" "https://$2/" >out
    same "$1 for $2" "$(jq .tls.verified out)" "$3"
    ff --cacert tls/ca.pem --connect-to "::127.0.0.1:$(<"$1.port")" \
        "https://$2/" >out || :
    same "without --insecure, $1 for $2" "$(jq .ok out)" "$3"
}
verified part ab.w.test false
verified whole ab.w.test true
verified host.test host.test false
verified own.test own.test true
