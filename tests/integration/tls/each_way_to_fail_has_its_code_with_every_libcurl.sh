# fails KIND CLASS CODE RETRYABLE [OPTION...]
need python3
certificates
fails() {
    local kind=$1 class=$2 code=$3 retryable=$4
    shift 4
    # The server has a name of its own, so that a certificate for it is
    # requested.
    urls 10 "https://good.test:${ports[$kind]}/" |
        exits 1 ff --cacert tls/ca.pem --resolve \
            "good.test:${ports[$kind]}:127.0.0.1" "$@" >"$kind.out"
    holds "$kind" "$kind.out" --arg class "$class" --arg code "$code" \
        --argjson retryable "$retryable" 'length == 10 and all(.error |
        .class == $class and .code == $code and .retryable == $retryable)'
}
declare -A ports
for kind in short open ended plain name client; do
    python3 "$TESTS/tlsfail.py" "$kind" tls/good.pem tls/good.key tls/ca.pem \
        >"$kind.port" &
    CLEANUP_PIDS+=("$!")
done
for kind in short open ended plain name client; do
    wait_lines "$kind.port" 1
    ports[$kind]=$(<"$kind.port")
done
fails short protocol truncated true
fails open protocol truncated true
exits 0 ff --cacert tls/ca.pem --body "https://127.0.0.1:${ports[ended]}/" >out
holds "a body that TLS ends" out '.[0].body == "short"'
fails plain tls handshake_failed false
fails name tls handshake_failed false
fails client tls client_cert_required false
fails client tls client_cert false -E tls/client.pem --key tls/good.key
