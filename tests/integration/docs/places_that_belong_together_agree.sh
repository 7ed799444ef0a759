top=$TESTS/..
[ -d "$top/src" ] || skip "the sources are not here"

# A result line is a legal request: the parser knows all of its keys.
sed -nE 's/^ *ROW(_IF)?\("([a-z0-9_]+)".*/\2/p' "$top/src/output/result_line.c" >keys
check "keys are found" test "$(wc -l <keys)" -ge 30
while read -r key; do
    check "$key is a key of a request" grep -qF "NAME(\"$key\")" "$top/src/input/request_keys.c"
done <keys

# One version.
version=$(sed -n 's/^VERSION = //p' "$top/Makefile")
same "the binary's" "$(ff --version | head -n 1)" "fanfetch $version"
same "CHANGELOG.md's" "$(sed -nE 's/^## ([0-9.]+) .*/\1/p' "$top/CHANGELOG.md" |
    head -n 1)" "$version"
check "debian/changelog's" grep -q "^fanfetch ($version-" \
    <(head -n 1 "$top/debian/changelog")
check "the package in README.md" grep -q "fanfetch_$version-1_" "$top/README.md"

# Files that the documents name are there.
for document in README.md CONTRIBUTING.md ARCHITECTURE.md; do
    grep -oE '`?(src|tests|scripts|man|debian)/[A-Za-z0-9_./-]+[a-z0-9]`?' \
        "$top/$document" | tr -d '`' | grep -v AREA | sort -u |
        while read -r path; do
            check "$path, of which $document speaks" eval \
                '[ -e "$top/$path" ] || [ -e "$top/tests/integration/${path#tests/}.sh" ]'
        done
done
