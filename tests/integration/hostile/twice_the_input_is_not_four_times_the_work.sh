# long
# timeout: 240
# Counts instructions for each shape of hostile input in tests/work, of one size
# and of twice that.  Linear work costs twice as much, quadratic work four
# times.
need valgrind
! sanitized || skip "valgrind and sanitizers don't go together"
[ -x "$FANFETCH_WORK" ] || skip "make test-deps builds tests/work"
valgrind --tool=callgrind --callgrind-out-file=cost --zero-before=measured \
    --dump-after=measured "$FANFETCH_WORK" >names 2>valgrind.log ||
    fail "$(tail -n 20 valgrind.log)"

cost_of() {
    awk '$1 == "totals:" { print $2 }' "cost.$1"
}

n=$(wc -l <names)
check "there are enough shapes" test "$n" -ge 78
for ((i = 1; i < n; i += 2)); do
    name=$(sed -n "${i}p" names)
    once=$(cost_of "$i") twice=$(cost_of $((i + 1)))
    echo "$name: $once, $twice" >&2
    check "$name costs something" test "$once" -gt 10000
    check "$name: $once, and $twice for twice the input" \
        test "$twice" -lt $((once * 3))
done
