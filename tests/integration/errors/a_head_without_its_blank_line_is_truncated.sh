# Each text is all that comes before the connection ends.
server_start
{
    for text in \
        'HTTP/1.1 200 OK%0D%0A' \
        'HTTP/1.1 200 OK%0D%0AContent-Length: 0%0D%0A' \
        'HTTP/1.1 204 No Content%0D%0AA: b%0D%0A' \
        'HTTP/1.1 304 Not Modified%0AA: b%0A' \
        'HTTP/1.1 302 Found%0D%0ALocation: /%0D%0A' \
        'HTTP/1.1 301 Moved%0D%0ALocation: /%0D%0AContent-Length: 0%0D%0AX: y' \
        'HTTP/1.1 100 Continue%0D%0A' \
        'HTTP/1.1 100 Continue%0D%0A%0D%0A' \
        'HTTP/1.1 103 Early Hints%0D%0ALink: x%0D%0A%0D%0AHTTP/1.1 200 OK%0D%0A' \
        'HTTP/1.1 200 OK%0D%0AA: b%0D%0AHTTP/1.1 302: x%0D%0ALocation: /%0D%0A'; do
        echo "$URL/raw?text=${text// /%20}"
        echo "{\"url\":\"$URL/raw?text=${text// /%20}\",\"method\":\"HEAD\"}"
    done
} >list
exits 1 ff --body list >out
holds "no result is ok" out 'length == 20 and all(.ok | not)'
holds "each result is truncated" out 'all(.error.class == "protocol" and
    .error.code == "truncated" and .error.phase == "receive" and
    .error.retryable and .num_redirects == 0)'

# A trailer that looks like a status line is none.
chunks='HTTP/1.1 200 OK%0D%0ATransfer-Encoding: chunked%0D%0A%0D%0A3%0D%0Aabc%0D%0A0%0D%0A'
url="$URL/raw?text=${chunks// /%20}HTTP/1.1%20302%20x:%20y%0D%0A%0D%0A"
exits 0 ff --body "$url" >out
holds "the body is there" out '.[0].status_code == 200 and .[0].body == "abc"'
