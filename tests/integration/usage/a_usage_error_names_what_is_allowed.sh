ff --limit many </dev/null 2>err || :
check "option and value" grep -q -- "--limit.*many" err
ff --no-such-option </dev/null 2>err || :
check "the unknown option" grep -q -- "--no-such-option" err
