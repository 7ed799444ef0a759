server_start
mkfifo pipe
exec 3<>pipe
ff_start --input-format csv <pipe >out
printf 'url,note\n%s/,"half\na' "$URL" >&3
sleep 0.1
check "a half row waits" test ! -s out
printf ' row"\n' >&3
wait_lines out 1
holds "the row is whole" out '.[0].meta.note == "half\na row"'
kill -INT "$FF_PID"
ff_wait 130
