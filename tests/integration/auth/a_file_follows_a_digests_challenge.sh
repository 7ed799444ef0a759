# This holds over HTTP/2, too, where libcurl < 8.1 would wait for ever.
certificates
server_start
port=$(free_port)
nginx_start "listen 127.0.0.1:$port ssl http2;
    ssl_certificate $PWD/tls/good.pem; ssl_certificate_key $PWD/tls/good.key;
    location / { proxy_pass $URL; }"
mkdir files
head -c 300000 /dev/zero >files/zeros
url=https://127.0.0.1:$port/auth-digest
{
    echo "$url"
    echo "{\"url\":\"$url\",\"body_file\":\"zeros\"}"
    echo "{\"url\":\"$url\",\"form\":{\"f\":{\"file\":\"zeros\"}}}"
    echo "{\"url\":\"$url\",\"body_file\":\"zeros\",\"method\":\"PUT\"}"
} >list
exits 0 ff -k -m 20 --digest -u u:p --limit 1 --allow-files files list >out
holds "the server speaks HTTP/2" out '.[0].http_version == "2"'
