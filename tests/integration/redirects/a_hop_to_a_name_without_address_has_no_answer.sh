# The last status is kept; nothing else of the previous hop is.
server_start
dnsmasq_start
exits 1 ff --dns-servers "$DNS" --include-headers \
    "$URL/redirect-to?url=http%3A%2F%2Fnobody.test%2F" >out
holds "the error is the hop's" out '.[0] | .error.code == "not_found" and
    .num_redirects == 1 and .url_effective == "http://nobody.test/" and
    .status_code == 302 and .remote_ip == null and .headers == null'
