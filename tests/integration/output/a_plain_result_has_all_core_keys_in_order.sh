server_start
exits 0 ff "$URL/" >out 2>err
norm out
jq -c keys_unsorted out
check "nothing on stderr" test ! -s err
