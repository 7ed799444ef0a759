exits 1 ff "http://127.0.0.1:$(free_port)/" "ftp://127.0.0.1/" >out
norm out
jq -c keys_unsorted out | sort -u
