# After more than a second the connection is not even tried.  Where a POST's
# connection ended without an answer, later POSTs get fresh ones.
late_start
mkfifo in
exec 3<>in
ff_start --limit 1 -d x - <in >out
echo "$LATE_URL/idle/1100" >&3
wait_for 10 late_said rested 1
# Two requests are answered there.  The third one is not answered and not sent
# again.
printf '%s\n' "$LATE_URL/"{1,ends/2,ends/2,ends/2,ends/2} >&3
exec 3>&-
ff_wait 1
holds "all requests succeed" out 'sort_by(.index) | map([.ok, .attempts]) ==
    [[true, 1], [true, 1], [true, 1], [false, 1], [true, 1], [true, 1]]'
same "requests, by their number on the connection" \
    "$(awk 'NF == 4 { print $2 }' late.log | xargs)" "1 1 2 3 1 1"
