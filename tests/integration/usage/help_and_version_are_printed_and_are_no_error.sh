exits 0 ff --help >out 2>err
check "usage" grep -q 'fanfetch \[OPTION\]' out
check "options" grep -q -- --limit-per-host out
check "in 80 columns" test "$(awk 'length > 80' out | wc -l)" -eq 0
exits 0 ff --version >out
check "our name" grep -q '^fanfetch [0-9]' out
for library in libcurl OpenSSL libev c-ares jansson; do
    check "the library in use" grep -qE "(^| )$library/[0-9]" out
done
same "the same each time" "$(ff --version)" "$(cat out)"
exits 4 ff --help >/dev/full 2>err
