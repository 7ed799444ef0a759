# fails KIND CLASS CODE RETRYABLE [OPTION...]
need python3
certificates
fails() {
    local kind=$1 class=$2 code=$3 retryable=$4
    shift 4
    # The server has a name of its own, so that a certificate for it is
    # requested.  It is not at the first address.
    urls 10 "https://good.test:${ports[$kind]}/" |
        exits 1 ff --cacert tls/ca.pem --resolve \
            "good.test:${ports[$kind]}:127.0.0.2,127.0.0.1" "$@" >"$kind.out"
    holds "$kind" "$kind.out" --arg class "$class" --arg code "$code" \
        --argjson retryable "$retryable" 'length == 10 and all(.error |
        .class == $class and .code == $code and .retryable == $retryable)'
    holds "no errno is the first address's, $kind" "$kind.out" \
        'all(.error.os_errno | . == null or . == 104)'
}
declare -A ports
for kind in short open ended silent begun second forged plain stale name client; do
    python3 "$TESTS/tlsfail.py" "$kind" tls/good.pem tls/good.key tls/ca.pem \
        >"$kind.port" &
    CLEANUP_PIDS+=("$!")
done
for kind in short open ended silent begun second forged plain stale name client; do
    wait_lines "$kind.port" 1
    ports[$kind]=$(<"$kind.port")
done
fails short protocol truncated true
fails open protocol truncated true
fails silent protocol empty_reply true
fails begun protocol truncated true
fails forged protocol bad_response true
exits 0 ff --cacert tls/ca.pem --body "https://127.0.0.1:${ports[ended]}/" >out
holds "a body that TLS ends" out '.[0].body == "short"'
fails plain tls handshake_failed false
fails stale tls client_cert_rejected false
fails stale tls client_cert_rejected false -k
fails name tls handshake_failed false
fails client tls client_cert_required false
fails client tls client_cert false -E tls/client.pem --key tls/good.key
# A POST is not sent again, so its result tells how the second answer ended.
urls 2 "https://127.0.0.1:${ports[second]}/" |
    exits 1 ff --cacert tls/ca.pem --limit 1 -d x >out
holds "within the second answer" out '.[0].ok and
    (.[1].error | .class == "protocol" and .code == "truncated")'
