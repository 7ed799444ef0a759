# An exchange of keys that a server could make take long is not offered: groups
# of more than 4096 bits, and with TLS 1.2 primes of the server's own.
"$FANFETCH" --version | grep -q OpenSSL || skip "libcurl is not on OpenSSL"
need openssl
openssl req -x509 -newkey rsa:2048 -nodes -subj /CN=rsa -days 2 \
    -keyout rsa.key -out rsa.pem 2>log

# serve OPTION...: openssl s_server.  Sets URL.
serve() {
    local port
    port=$(free_port)
    PEER_LOG=s_server.log start_peer "$port" openssl s_server -quiet -www \
        -accept "127.0.0.1:$port" -cert rsa.pem -key rsa.key "$@" ||
        PEER_LOG=s_server.log no_peer openssl
    URL=https://127.0.0.1:$port/
}

# refused NAME OPTION...: nothing is in common with such a server.
refused() {
    serve "${@:2}"
    exits 1 ff -k "$URL" >out
    holds "$1" out '.[0].error |
        .class == "tls" and .code == "handshake_failed"'
}

DHE="DHE-RSA-AES128-GCM-SHA256"
refused "a group of 8192 bits" -tls1_3 -groups ffdhe8192
refused "a group of 6144 bits" -tls1_3 -groups ffdhe6144
refused "a prime of the server" -tls1_2 -cipher "$DHE"

serve -tls1_3 -groups ffdhe3072
exits 0 ff -k "$URL" >out
# The server would choose its prime if it could.
serve -tls1_2 -serverpref -cipher "$DHE:EC$DHE"
exits 0 ff -k --tls-info "$URL" >out
same "cipher" "$(jq -r .tls.cipher out)" "EC$DHE"
