need parallel ssh ssh-keygen
sshd=/usr/sbin/sshd
[ -x "$sshd" ] || skip "$sshd is not installed"
server_start
urls 40 "$URL/?" >list
urls 40 "$URL2/?" >>list
urls 40 "http://127.0.0.3:$PORT/?" >>list

# Two logins are made on this machine, at a port of our own, with keys of our
# own.
mkdir -m 700 ssh
ssh-keygen -q -t ed25519 -N '' -f ssh/host
ssh-keygen -q -t ed25519 -N '' -f ssh/user
ssh_port=$(free_port)
cat >ssh/config <<CONF
ListenAddress 127.0.0.1
Port $ssh_port
HostKey $PWD/ssh/host
AuthorizedKeysFile $PWD/ssh/user.pub
StrictModes no
UsePAM no
PidFile none
SetEnv PATH=${FANFETCH%/*}:/usr/bin:/bin
CONF
# It wants this folder, which other runs may use, too: it stays.
[ "$(id -u)" -ne 0 ] || mkdir -p /run/sshd
"$sshd" -D -e -f ssh/config 2>ssh/log &
CLEANUP_PIDS+=($!)
wait_listening $! "$ssh_port" || skip "sshd does not start: $(cat ssh/log)"
cat >ssh/ssh <<SSH
#!/bin/sh
exec ssh -F none -p $ssh_port -i '$PWD/ssh/user' -o BatchMode=yes \
    -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null \
    -o LogLevel=ERROR "\$@"
SSH
chmod +x ssh/ssh
me=$(id -un)
ssh/ssh "$me@127.0.0.1" fanfetch --version >version ||
    skip "$me cannot log in here: $(tail -n 1 ssh/log)"

printf '%s\n' '# machines' "$me@127.0.0.1" "$me@localhost" >machines
PARALLEL_SSH=$PWD/ssh/ssh exits 0 "$TESTS/../scripts/examples/parallel-ssh" \
    machines -H 'X-Name: two  words' <list >out
holds "every record once" out 'map(.index) | sort == [range(120)]'
check "two logins beside the first" \
    test "$(grep -c 'Accepted publickey' ssh/log)" -eq 3
