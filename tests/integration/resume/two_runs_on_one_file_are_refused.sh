server_start
ff_start -o out.jsonl "$URL/?gate=2&id=1"
server_wait '.requests == 1'
exits 4 ff -o out.jsonl "$URL/" 2>err
check "the message says why" grep -q 'another run is writing to it' err
exits 0 ff "$URL/?gate=2&id=2" >out
ff_wait 0
same "one line" "$(wc -l <out.jsonl)" 1

# A killed run holds its lock until it is gone, which takes a moment.
mkfifo pipe
flock out.jsonl sh -c 'echo >pipe; sleep 0.3' &
read -r _ <pipe
exits 0 ff -o out.jsonl "$URL/"
same "a moment is waited" "$(wc -l <out.jsonl)" 2
