server_start
exits 4 ff -o ./no-such-directory/out "$URL/" 2>err
check "the message names the file" grep -q no-such-directory err
same "nothing was sent" "$(server_stats .requests)" 0
