# The body does not matter even if it is not encoded as declared, or is larger
# than the answer may be.
server_start
coding='header=Content-Encoding:gzip'
exits 0 ff "$URL/redirect-to?url=/&$coding" >out
holds "followed" out '.[0] | .num_redirects == 1 and .status_code == 200'
exits 1 ff --max-redirects 0 "$URL/redirect-to?url=/&$coding" >out
holds "a broken body is an error if the redirect is the answer" out '.[0].error.code == "decode"'
for limit in --max-size --truncate; do
    exits 0 ff "$limit" 5 --redirects "$URL/?size=9000&status=302&header=Location:/" >out
    holds "$limit is for the answer" out '.[0] | .num_redirects == 1 and .size_body == 3'
done
same "connections" "$(server_stats .accepted)" 4
