# All connections of a Unix socket have the same addresses.
server_start --unix "$PWD/socket"
mkfifo in
exec 3<>in
ff_start --limit 3 --unix-socket socket -d x - <in >out
echo http://a.test/delay/1500 >&3
echo http://a.test/echo >&3
wait_lines out 2
echo http://a.test/echo >&3
wait_lines out 3
nap 1.1
echo http://a.test/echo >&3
exec 3>&-
ff_wait 0
holds "connections" out 'all(.attempts == 1) and
    (sort_by(.index) | map(.connection_reused) | tostring) == "[false,false,true,false]"'
