# What a 103 says is about itself.
server_start
crlf=%0D%0A
interim="HTTP/1.1%20103%20Early%20Hints${crlf}Content-Type:%20text/x${crlf}ETag:%20%22a%22${crlf}Content-Length:%209$crlf"
interim+="Content-Encoding:%20gzip${crlf}Retry-After:%209$crlf$crlf"
exits 0 ff --body --include-headers --sha256 \
    "$URL/raw?text=${interim}HTTP/1.1%20200%20OK${crlf}X:%20y$crlf${crlf}ok" >out
holds "the result is of the final response" out '.[0] | .ok and
    .status_code == 200 and .content_type == null and .content_length == null and
    .etag == null and .headers == {x: ["y"]} and .body == "ok"'
