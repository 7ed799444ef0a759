# What the hop before it was answered with is none of its own.
server_start
dnsmasq_start
exits 1 ff --dns-servers "$DNS" --include-headers \
    "$URL/redirect-to?url=http%3A%2F%2Fnobody.test%2F" >out
holds "it is the hop's" out '.[0] | .error.code == "not_found" and
    .num_redirects == 1 and .url_effective == "http://nobody.test/" and
    .status_code == null and .remote_ip == null and .headers == null'
