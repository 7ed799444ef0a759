nginx_tls_start 'location / { return 200 ok; }'
mkdir folder
cp tls/ca.pem "folder/$(openssl x509 -in tls/ca.pem -noout -hash).0"
exits 0 ff --capath folder "$GOOD_URL/" >out
exits 1 ff --capath folder "$FOREIGN_URL/" >out
holds "not this one" out '.[0].error.code == "cert_untrusted"'
