# HTTP/2's heads are kept in HTTP/1.1's form, and request bodies with them.

need python3
server_start
nginx_tls_start "location / { proxy_pass $URL; }" http2
echo "{\"url\":\"$TLS_URL/mirror\",\"body\":\"hallo\"}" >list
exits 0 ff --cacert tls/ca.pem --warc a.warc list "$TLS_URL/chunked/5000" >out
holds 'it is HTTP/2' out 'all(.http_version == "2")'
python3 "$TESTS/warc.py" a.warc >records
holds 'heads are those of HTTP/1.1' records '
    (map(select(.type == "request") | .first) | sort
     == ["GET /chunked/5000 HTTP/1.1", "POST /mirror HTTP/1.1"])
    and (map(select(.type == "response") | [.first, .size]) | sort
         == [["HTTP/1.1 200 OK", 5], ["HTTP/1.1 200 OK", 5000]])
    and any(.type == "request" and .payload == "hallo")'
