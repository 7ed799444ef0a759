# Messages are left out while nobody reads them, so that results, the deadline
# and signals go on.
mkfifo messages in
exec 3<>messages 4<>in
urls 2000 "http://127.0.0.1:1/" >list
gone() { ! kill -0 "$FF_PID" 2>/dev/null; }

# The pipe gets full.  What is left out is counted, and told once there is a
# reader.
ff_start -v list - <in >out 2>messages 4>&-
wait_for 30 has_lines out 2000
timeout 1 cat <&3 >early || :
echo "http://127.0.0.1:1/last" >&4
wait_for 30 has_lines out 2001
timeout 1 cat <&3 >late || :
n=$(wc -l <early)
same "messages" "$(sed 's/127.0.0.1[^ ]* .*/.../' late)" \
    "fanfetch: warning: $((2000 - n)) messages left out: the reader of standard error was too slow
fanfetch: http://..."

# Now it is full, and stays so.
exec 4>&-
wait_for 10 gone
ff_wait 1
ff -v list >out 2>messages 3>&- || :

server_start
echo "$URL/stall" >>list
ff_start -v --deadline 2 list >out 2>messages
wait_for 30 gone
ff_wait 1
check "each record has its line" has_lines out 2001

ff_start -v list >out 2>messages
wait_for 30 has_lines out 2000
ff_signal INT
kill -INT "$FF_PID"
wait_for 10 gone
ff_wait 130
check "each record has its line" has_lines out 2001
exec 3<&-
