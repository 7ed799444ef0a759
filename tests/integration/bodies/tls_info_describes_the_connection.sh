need openssl
"$FANFETCH" --version | grep -q OpenSSL || skip "libcurl is not on OpenSSL"
mkdir -p nginx
openssl req -x509 -newkey rsa:2048 -nodes -days 2 -utf8 \
    -subj '/CN=127.0.0.1/O=Zoë, Inc' \
    -addext subjectAltName=IP:127.0.0.1,DNS:localhost -keyout nginx/key.pem \
    -out nginx/cert.pem 2>/dev/null
port=$(free_port)
nginx_start "listen 127.0.0.1:$port ssl http2;
    ssl_certificate cert.pem; ssl_certificate_key key.pem;
    ssl_protocols TLSv1.3;
    location / { return 200 ok; }"
tls=https://127.0.0.1:$port
openssl x509 -in nginx/cert.pem -outform der | sha256sum | cut -d ' ' -f 1 >sum
date -u -d "$(openssl x509 -in nginx/cert.pem -noout -enddate |
    cut -d = -f 2)" +%Y-%m-%dT%H:%M:%S.000Z >until

ff --limit 1 --http1.1 --cacert nginx/cert.pem --tls-info "$tls/1" "$tls/2" \
    >lines
jq -sc --rawfile sum sum --rawfile until until '.[] | .tls |
    if . == null then . else
        .sha256 = (.sha256 + "\n" == $sum) |
        .not_after = (.not_after + "\n" == $until)
    end' lines
holds "one result used a kept connection" lines \
    'map(.connection_reused) == [false, true]'
ff --tls-info "$NGINX_URL/" >lines
same "there is none without TLS" "$(jq -c '[has("tls"), .tls]' lines)" \
    '[true,null]'

# The dot after a name is no part of a certificate's.
ff --cacert nginx/cert.pem --tls-info "https://localhost.:$port/" >lines
same "HTTP/2 is agreed on" "$(jq -c '[.tls.alpn, .tls.verified]' lines)" \
    '["h2",true]'
ff -k --tls-info --tls-min 1.2 "$tls/" >lines
same "unverified, and said so" "$(jq -r .tls.verified lines)" false
ff -k --cacert nginx/cert.pem --tls-info "$tls/" "https://localhost:$port/" \
    "https://127.0.0.2:$port/" --connect-to "::127.0.0.1:$port" >lines
same "verified, though that does not matter" \
    "$(jq -s 'sort_by(.index)[].tls.verified' lines | xargs)" "true true false"
exits 1 ff --tls-info "$tls/" >lines
same "a refused one is not described" "$(jq -c '[.ok, .tls]' lines)" \
    '[false,null]'
ff --cacert nginx/cert.pem "$tls/" >lines
same "only if asked for" "$(jq 'has("tls")' lines)" false
