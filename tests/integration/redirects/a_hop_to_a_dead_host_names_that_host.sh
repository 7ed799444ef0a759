server_start
dead=http://127.0.0.1:$(free_port)/x
exits 1 ff "$URL/redirect-to?url=$dead" >out
holds "its URL and its error" out --arg dead "$dead" '.[0] |
    .url_effective == $dead and .error.class == "connect" and
    .error.code == "refused" and .num_redirects == 1 and .status_code == 302 and .http_version == null'
