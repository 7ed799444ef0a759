# Each connection looks at five streams and refuses the others that have come
# with them: those that are refused again and again get a connection of their
# own.
h2_start goaway 5
h2_posts 60 >list
exits 0 ff --cacert tls/ca.pem --limit 4 --concurrency 60 list >out
holds "all are answered" out 'length == 60 and all(.ok)'
same "looked at" "$(grep -c answer h2.log)" 60
