server_start
exits 1 ff "$URL/auth-basic" >out
holds "401 without" out '.[0] | .status_code == 401 and .error.code == "http_401"'
exits 1 ff -u u:wrong "$URL/auth-basic" >out
exits 0 ff -u u:p "$URL/auth-basic" >out
exits 0 ff --basic -u u:p "$URL/auth-basic" >out
exits 0 ff "http://u:p@127.0.0.1:$PORT/auth-basic" >out
check "the password is not shown" test "$(grep -c 'u:p@' out)" -eq 0
# HOME is the case's own directory.
echo 'machine 127.0.0.1 login u password p' >.netrc
chmod 600 .netrc
exits 1 ff "$URL/auth-basic" >out
exits 0 ff --netrc "$URL/auth-basic" >out
exits 1 ff --netrc "$URL2/auth-basic" >out
holds "the netrc entry is for one machine" out '.[0].status_code == 401'
