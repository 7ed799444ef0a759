exits 0 ff </dev/null >out
check "nothing is printed" test ! -s out
: >empty
printf '\n# nothing\n' >comments
exits 0 ff empty comments >out 2>err
check "nothing is printed" test ! -s out
check "nothing is said" test ! -s err
