server_start
echo "127.0.0.1:$PORT/" | exits 1 ff >out
holds "https was tried" out --arg url "https://127.0.0.1:$PORT/" \
    '.[0] | .url_effective == $url and .error.class == "tls"'
