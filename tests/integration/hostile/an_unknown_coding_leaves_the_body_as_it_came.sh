# The result names the coding that is left.  Known codings outside of it are
# removed, and the line is a legal record.
server_start
cat >urls <<URLS
$URL/?header=Content-Encoding:utf-8
$URL/?header=Content-Encoding:aws-chunked&header=Content-Encoding:%20,identity
$URL/gzip?size=5&header=Content-Encoding:AWS-chunked
$URL/?header=Content-Encoding:identity,none
$URL/?header=Content-Encoding:
URLS
exits 0 ff --body urls >out
holds "bodies and codings" out \
    '[sort_by(.index)[] | [.ok, .content_encoding] | tojson] ==
     ["[true,\"utf-8\"]", "[true,\"aws-chunked\"]",
      "[true,\"gzip, AWS-chunked\"]", "[true,null]", "[true,null]"]'
holds "bytes" out '[sort_by(.index)[].body] | .[:2] == ["ok\n", "ok\n"]'
holds "absent" out 'map(has("content_encoding")) | map(select(.)) | length == 3'
exits 0 ff out >again
