# A run that is killed may have stored a body without having written its result.
# The next one with --resume replaces it, but no file of anybody else.
need python3
python3 -c 'import os; os.setxattr(".", "user.test", b"1")' 2>err ||
    skip "the file system has no extended attributes"
server_start
for i in 1 2 3; do
    echo "{\"url\":\"$URL/echo?$i\",\"output_name\":\"f$i\"}" >>list
done
# Each answer of /echo is another one.
for existing in refuse keep number; do
    exits 0 ff -o out --output-dir d list
    grep -v 'echo?[23]"' out >first
    cat first >out
    rm d/f3
    echo mine >d/f3
    ff --resume -o out --output-dir d --existing "$existing" list || :
    holds "$existing: one result each, and the lost one is done" out '
        length == 3 and (map(select(.url[-1:] == "2"))
            | length == 1 and .[0].ok and (.[0].skipped | not)
              and .[0].body_path == "d/f2")'
    holds "$existing: its body is the one that was fetched" d/f2 --slurpfile out out '
        $out | map(select(.url[-1:] == "2"))[0].size_body > 0'
    same "$existing: another's file stays" "$(cat d/f3)" mine
    # New results have no claim on the files of old ones.
    cp d/f1 before
    rm out
    ff --resume -o out --output-dir d --existing "$existing" list || :
    check "$existing: the file of old results stays" cmp d/f1 before
    rm -r out d
done
