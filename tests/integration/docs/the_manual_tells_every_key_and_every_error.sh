page=$TESTS/../man/fanfetch.1
src=$TESTS/../src
[ -d "$src" ] || skip "the sources are not here"

# Keys of the result line and of the summary, as they stand in the sources.
{
    sed -nE 's/^ *ROW(_IF)?\("([a-z0-9_]+)".*/\2/p' "$src/output/result_line.c"
    sed -nE 's/.*put_(key|count|seconds|moment|hist|hosts)\(out, "([a-z0-9_]+)".*/\2/p' \
        "$src/report/summary.c"
} | sort -u >keys
check "they are found" test "$(wc -l <keys)" -ge 50
while read -r key; do
    check "the key $key" grep -qE "^\.(It Va|Va|Ql) (.*, (Va )?)?$key( |\$)" "$page"
done <keys

# Codes, behind their class or in the calls that refuse a record.
find "$src" -name '*.c' -exec perl -0ne '
    print "$1\n" while /\bERR_[A-Z_]+,\s*"([a-z0-9_]+)"/g;
    print "$1\n" while /\b(?:spec_)?refuse\((?:[^,"()]+,\s*)+"([a-z0-9_]+)"/g;
    print "$1\n" while /abort_code = "([a-z0-9_]+)"/g;
    print "$1\n" while /\{E(?!TAGS)[A-Z]+, "([a-z0-9_]+)"\}/g;
    print "$1\n" while /define CODE_[A-Z]+ +"([a-z0-9_]+)"/g;
    print "$1\n" while /flaw->code = "([a-z0-9_]+)"/g;' {} + | sort -u >codes
check "they are found" test "$(wc -l <codes)" -ge 50
while read -r code; do
    check "the code $code" grep -qE "^\.It (Ql|.*So) $code( Sc|\$)" "$page"
done <codes

# Classes and phases.
grep -oE '\[(ERR|PHASE)_[A-Z_]+\] = "[a-z_]+"' "$src/job/result.c" |
    grep -v ERR_NONE >names
check "they are found" test "$(wc -l <names)" -eq 24
while IFS='"' read -r kind name _; do
    case $kind in
    *ERR*) check "the class $name" grep -qx ".It Ql $name" "$page" ;;
    *) check "the phase $name" grep -qE "^\.Ql $name( |\$)" "$page" ;;
    esac
done <names
