exits 3 ff <&- >out 2>err
check "the message says so" grep -q '^fanfetch: error: ' err
check "nothing on stdout" test ! -s out
