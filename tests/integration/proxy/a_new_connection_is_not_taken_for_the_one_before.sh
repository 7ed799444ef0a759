# The server ends its connections by GOAWAY; new ones get the descriptors of
# those that end.  What came over an old one is no flood over a new one.
h2_start liar 10
squid_start
urls 200 "$H2_URL/?" >list
exits 0 ff -k -x "$PROXY_URL" --limit 4 --concurrency 8 list >out
holds "all are answered" out 'length == 200 and all(.ok)'
