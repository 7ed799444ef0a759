# Hosts share the connections to an HTTP proxy; libcurl gave names the brackets
# of an IPv6 address that was asked over the same connection before.
server_start
hosts=('[::1]' a.example '[::2]:81' b.example:82 '[2001:db8::1]' c.example)
for ((i = 0; i < 60; i++)); do
    echo "http://u:p@${hosts[i % 6]}/echo?$i"
done >list
exits 0 ff -x "$URL" --noproxy '' --limit 2 --threads 1 --body list >out
holds "each has its own" out 'length == 60 and all(
    (.url | split("@")[1] | split("/")[0]) as $host |
    .body | fromjson | .headers | map(select(.[0] == "Host")[1]) == [$host])'
server_count
check "connections are shared" [ "${COUNTS[accepted]}" -lt 60 ]

hosts_of() {
    ff -x "$URL" --noproxy '' --ordered --body "$@" | jq -r '.body | fromjson |
        .headers[] | select(.[0] == "Host") | .[1]' | xargs
}
same "no zone" "$(hosts_of 'http://[fe80::1%25lo]/echo')" '[fe80::1]'
same "an option's" "$(hosts_of -H 'Host: mine' http://a.example/echo)" mine
jq -nc '{url: "http://a.example/echo", headers: {host: "its"}}' >own
same "a record's" "$(hosts_of -H 'Host: mine' own)" its
