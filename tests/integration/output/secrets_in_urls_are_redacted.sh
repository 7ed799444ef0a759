server_start
exits 0 ff "http://u:p@127.0.0.1:$PORT/auth-basic" >out
holds "stars instead" out '.[0].url | test("//[^/@]*\\*\\*\\*[^/@]*@127")'
exits 0 ff "http://hugo:sesame@127.0.0.1:$PORT/" >out
check "the password is nowhere" test "$(grep -c sesame out)" -eq 0
ff "http://hugo:sesame@127.0.0.1:$(free_port)/" \
    "http://hugo:sesame@127.0.0.1:99999/" >out 2>err || :
check "not in errors either" test "$(cat out err | grep -c sesame)" -eq 0
