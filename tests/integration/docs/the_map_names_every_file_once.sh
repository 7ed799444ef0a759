# ARCHITECTURE.md's list and the tree are the same.
cd "$TESTS/.." || exit
sed -n '/^## Every file/,/^## Design/p' ARCHITECTURE.md |
    awk '/^### / { folder = $2 } /^- `/ { gsub(/[`:]/, "", $2); print folder $2 }' |
    sort >"$OLDPWD/map"
(cd src && printf '%s\n' */*.[ch]) | sed 's/\.[ch]$//' | sort -u >"$OLDPWD/tree"
cd "$OLDPWD" || exit
check "there is a list" test -s map
if ! diff tree map >difference; then
    cat difference >&9
    fail "< is not on the map, > is there twice or not in src/"
fi
