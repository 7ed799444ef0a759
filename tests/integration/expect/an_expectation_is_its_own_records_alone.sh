# Later records use the memory of earlier ones, whose expectations are gone.
server_start
for i in $(seq 300); do
    printf '{"url":"%s","expect":"nothing so","expect_sha256":"%064d"}\n' \
        "$URL/?a$i" 0
    printf '{"url":"%s","method":"PUT","headers":{"X":"y"},"body":"z"}\n' \
        "$URL/?b$i"
done >list
exits 1 ff --limit 2 --look-ahead 10 list >out
holds "each record has its own" out 'length == 600 and all(.ok == (.index % 2 == 1)) and
    all(.ok or .error.class == "expect")'
