# Scheme, port, case, userinfo and a dot at the end don't move a host to another shard.
{
    echo 'http://Example.invalid/'
    echo 'https://example.INVALID:444/x'
    echo 'http://a:b@example.invalid:81/?q'
    echo '{"url":"http://example.invalid/","method":"POST"}'
    echo 'http://example.invalid./'
} >list
for k in 1 2 3 4 5; do
    ff --dns-servers 127.0.0.1:1 --shard "$k/5" list >"out$k" 2>/dev/null || :
    wc -l <"out$k"
done | sort -n | tr '\n' ' ' >counts
same "all are in one shard" "$(cat counts)" "0 0 0 0 5 "
