# Each result would become a record.
server_start
exits 0 ff "$URL/?a" "$URL/?b" >list
cp list before
exits 3 ff -o list list 2>err
check "the message says so" grep -q "cannot open 'list': the results go there" err
# shellcheck disable=SC2094 # that is the case
exits 3 ff <list >>list 2>err
check "of standard input, too" grep -q 'standard input: the results go there' err
check "nothing was added" cmp list before
ln -s list other
exits 3 ff -o list other "$URL/"
same "the rest goes on" "$(wc -l <list)" 3

# A pipe that is standard output would be read and written for ever.
# shellcheck disable=SC2094
{ ff /dev/stdout "$URL/?c" || echo "status $?"; } 2>err | cat >out
same "it is refused" "$(tail -n 1 out)" "status 3"
same "the rest goes on" "$(head -n 1 out | jq -r .url)" "$URL/?c"
check "the message says so" grep -q "'/dev/stdout': the results go there" err
