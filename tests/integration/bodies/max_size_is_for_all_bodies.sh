# The rule holds for bodies in files and for those that are not kept, however
# they are sent.
server_start
cat >list <<END
$URL/bytes/1001
$URL/chunked/1001
$URL/bomb?size=10000000
$URL/endless
$URL/bytes/1000
$URL/gzip?size=1000
END
for options in '' '--output-dir out' --sha256; do
    # shellcheck disable=SC2086 # none or two words
    exits 1 ff --max-size 1000 $options list >lines
    same "with '$options'" "$(norm lines | jq -c .error.code | xargs)" \
        "body_over_limit body_over_limit body_over_limit body_over_limit null null"
    holds "the rest is not read" lines 'all(.size_body < 100000)'
done
same "only whole ones are stored" "$(find out -type f | wc -l)" 2
