# After more than a second it is not even tried; and where one ended without an
# answer each POST gets a fresh one.
late_start
mkfifo in
exec 3<>in
ff_start --limit 1 -d x - <in >out
echo "$LATE_URL/idle/1100" >&3
wait_for 10 late_said rested 1
# Two are answered there; the third one is not, nor sent again.
printf '%s\n' "$LATE_URL/"{1,ends/2,ends/2,ends/2,ends/2} >&3
exec 3>&-
ff_wait 1
holds "all requests succeed" out 'sort_by(.index) | map([.ok, .attempts]) ==
    [[true, 1], [true, 1], [true, 1], [false, 1], [true, 1], [true, 1]]'
same "requests, by their number on the connection" \
    "$(awk 'NF == 4 { print $2 }' late.log | xargs)" "1 1 2 3 1 1"
