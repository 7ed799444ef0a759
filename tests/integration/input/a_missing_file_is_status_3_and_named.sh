exits 3 ff ./no-such-list >out 2>err
check "nothing on stdout" test ! -s out
check "the message names it" grep -q no-such-list err
check "the message has our prefix" grep -q '^fanfetch: error: ' err
exits 3 ff . >out 2>err
check "a directory is no list either" test ! -s out
