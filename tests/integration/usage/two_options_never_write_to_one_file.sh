server_start
: >there
ln there hard
ln -s there soft
ln -s new dangling
# refused ARG...: two of them write to one file.
refused() {
    exits 2 ff "$@" "$URL/" >out 2>err
    check "$* is told" grep -q 'would write to the same file' err
}
refused --summary=there -c there
refused --summary=there -c ./there
refused --summary=there -c hard
refused --summary=soft -c hard
refused --summary=new -c ./new
refused --summary=dangling -c "$PWD/new"
refused -o new --summary=new
refused --trace new --summary=new
refused -o new -c dangling
check "no file was made" test ! -e new
# None of them writes to the results file either.
for option in --summary= -c; do
    # shellcheck disable=SC2094 # that is the case
    exits 2 ff "${option}there" "$URL/" >>there 2>err
    check "$option is told" grep -q "'there': the results go there" err
done
check "nothing was written" test ! -s there
# What the shell redirects messages to holds nothing else.
for option in -o --report= --trace= -c --warc=; do
    exits 2 ff "${option}there" "$URL/" >out 2>there
    check "$option is told" grep -q "'there': the messages go there" there
done
# A pipe that a reader such as jq gets the results from holds nothing else.
for option in --summary= --report= --trace= -c; do
    for path in /dev/stdout /proc/self/fd/1 fifo; do
        mkfifo fifo
        cat fifo >piped &
        reader=$!
        exits 2 ff "$option$path" "$URL/" >fifo 2>err
        check "$option$path is told" grep -q "'$path': the results go there" err
        wait "$reader"
        check "$option$path writes nothing" test ! -s piped
        rm fifo
    done
done
exits 2 ff -o /dev/stdout --trace=/dev/stdout "$URL/" 2>err | cat >piped
check "a pipe that -o names is told" grep -q 'would write to the same file' err
same "nothing was sent" "$(server_stats .requests)" 0
exits 0 ff --summary=/dev/null -c /dev/null -o /dev/null "$URL/"
exits 0 ff --summary=/dev/stdout -o kept "$URL/" 2>err | cat >piped
check "without results a pipe can be written to" grep -q '^{"records":1,' piped
# In the pipe of standard error messages may stand beside other lines.
exits 0 ff -q --trace=/dev/stderr "$URL/" 2>&1 >out | cat >piped
check "the pipe of the messages can be written to" grep -q '"event"' piped
exits 0 ff -o /dev/stdout "$URL/" 2>&1 | cat >piped
check "and is that of the results with 2>&1" grep -q '^{"index":0,' piped
