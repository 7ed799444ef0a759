# "If-None-Match: *" would get a 304 for any version of the page.
server_start
url="$URL/echo?header=ETag:%2A&header=Last-Modified:yesterday"
exits 0 ff --since none -o state "$url" 2>err
holds "the tag is told" state '.[0].etag == "*"'
exits 0 ff --since state --body "$url" >out
holds "but not sent" out '.[0] | .status_code == 200 and (.body | fromjson |
    [.headers[] | select(.[0] | startswith("If-"))] ==
    [["If-Modified-Since", "yesterday"]])'
