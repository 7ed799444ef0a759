# A file and a form arrive whole over HTTP/2, several at once on a connection.
nghttpd_start --echo-upload
mkdir files
head -c 3000000 /dev/urandom >files/a.bin
for i in $(seq 8); do
    echo "{\"url\":\"$H2_URL/$i\",\"body_file\":\"a.bin\",\"method\":\"PUT\"}"
done >records
ff --allow-files files --cacert tls/ca.pem --sha256 records >out
holds "the files arrive" out "length == 8 and all(.[]; .http_version == \"2\" and
    .sha256 == \"$(sha256sum <files/a.bin | cut -d' ' -f1)\")"
ff -F a=@files/a.bin --cacert tls/ca.pem "$H2_URL/" >form
holds "a form, too" form '.[0] | .ok and .size_body > 3000000'
