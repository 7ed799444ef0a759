# 64 MiB without a line's end give one error, and take no memory.
server_start
{
    echo "$URL/?a"
    head -c 67108864 /dev/zero | tr '\0' x
    echo
    echo "$URL/?b"
} | exits 1 ff >out
for start in http://me: me:; do
    echo "$start$(head -c 1100000 /dev/zero | tr '\0' p)@h/"
done | exits 1 ff --ordered >no_secrets
holds "three results" out 'sort_by(.index) | map(.ok) == [true, false, true]'
holds "the long one says so" out \
    'any(.error.code == "line_too_long" and .index == 1)'
holds "no password is shown" no_secrets 'map(.url) == ["http://", null]'
holds "the line is not echoed" out 'all(tostring | length < 100000)'
