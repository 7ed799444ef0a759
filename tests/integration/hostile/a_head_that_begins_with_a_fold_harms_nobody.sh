# A response whose first header line is folded comes to a handle that has had
# other responses: libcurl < 8.1 would add it to the last header of the one
# before, in memory that is freed.
server_start
fold="$URL/raw?text=HTTP/1.1%20200%20OK%0D%0A%20X-A:%20b%0D%0AContent-Length:%202%0D%0A%0D%0Aok"
for _ in $(seq 50); do
    printf '%s\n' "$fold" "$URL/echo?header=X-Last:$(printf '%040d' 0)"
done >list
ff --limit 1 --include-headers list >out || check "no crash" test $? -eq 1
holds "each has its own result" out 'length == 100'
holds "they are refused" out '
    map(select(.index % 2 == 0)) | all(.[]; .error.code == "bad_response")'
holds "the others are whole" out '
    map(select(.index % 2 == 1)) | all(.[]; .ok and .headers["x-last"] != null)'
