# A file that shrinks, grows, is replaced or disappears while it is sent ends
# the request early.  The record has an error, and the server gets no whole
# body.
server_start
mkdir files

# changed NAME COMMAND...: send a file slowly, and run the command under it.
changed() {
    local name=$1
    shift
    head -c 40000000 /dev/zero >files/big
    ff_start --allow-files files --read-timeout 60 --max-redirects 0 -o "$name" \
        <<<"{\"url\":\"$URL/mirror?read_gap=10\",\"body_file\":\"big\"}"
    server_wait '.requests >= 1'
    "$@"
    ff_wait 1
    holds "$name" "$name" '.[0].error | .class == "input" and .phase == "send" and
        (.code == "file_changed" or .code == "file_unreadable")'
    server_reset
}
changed shrunk truncate -s 1000 files/big
changed grown truncate -s 50000000 files/big
changed written sh -c 'printf x | dd of=files/big bs=1 seek=39999999 conv=notrunc'
changed gone rm files/big
changed replaced sh -c 'head -c 40000000 /dev/zero >new; mv new files/big'
