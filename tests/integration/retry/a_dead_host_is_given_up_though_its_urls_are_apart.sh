# One URL at a time, with no other request to that host in between.
dead=$(free_port)
mkfifo pipe
exec 3<>pipe
ff_start --max-host-failures 3 <pipe >out
for i in 1 2 3 4 5; do
    echo "http://127.0.0.1:$dead/?$i" >&3
    wait_lines out "$i"
done
exec 3>&-
ff_wait 1
same "classes" "$(jq -r .error.class out | tr '\n' ' ')" \
    "connect connect connect host_down host_down "
