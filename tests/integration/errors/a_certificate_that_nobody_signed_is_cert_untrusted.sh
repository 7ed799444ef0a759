need openssl
mkdir -p nginx
openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=127.0.0.1 \
    -addext subjectAltName=IP:127.0.0.1 -keyout nginx/key.pem \
    -out nginx/cert.pem 2>/dev/null
tls_port=$(free_port)
nginx_start "listen 127.0.0.1:$tls_port ssl;
    ssl_certificate cert.pem; ssl_certificate_key key.pem;
    location / { return 200 ok; }"
exits 1 ff "https://127.0.0.1:$tls_port/" "$NGINX_URL/" >out
norm out | jq -c '[.ok, .error.class, .error.code, .error.phase,
    .error.retryable]'
