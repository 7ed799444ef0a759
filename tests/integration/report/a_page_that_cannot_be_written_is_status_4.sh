server_start
# Errors that can be known at the start are reported before anything is sent.
exits 4 ff --report no-such-directory/page.html "$URL/" >out 2>err
check "the message names the file" grep -q \
    "^fanfetch: error: cannot write the report to 'no-such-directory/page.html': No such file" err
mkdir folder
exits 4 ff --report folder "$URL/" >out 2>err
check "a folder" grep -q "'folder': Is a directory" err
for file in notes.html sum; do
    echo '<!DOCTYPE html>' >notes.html
    echo '{"records":' >sum
    cp $file before
    exits 2 ff --report $file "$URL/" >out 2>err
    check "$file is named" grep -q "'$file' exists and does not hold a report" err
    check "$file is as it was" cmp $file before
done
exits 2 ff --report - "$URL/" >out 2>err
check "a file" grep -q "report must be a file, not '-'" err
exits 2 ff --report=both --summary=both "$URL/" >out 2>err
check "two to one file" grep -q 'would write to the same file' err
same "nothing was sent" "$(server_stats .requests)" 0
same "nothing was made" "$(echo *.html* both*)" "notes.html both*"

# A page of ours is replaced, and a link stays a link.
exits 0 ff --report page.html "$URL/" >out
ln -s page.html link
exits 0 ff --report link "$URL/" "$URL/" >out
check "a link" test -L link
check "the newer one" grep -q '<title>2 records' page.html
: >empty
exits 0 ff --report empty "$URL/" >out
check "an empty file" test -s empty

# The disk is full: the old page stays, and no other file is left.
cp page.html before
(
    ulimit -f 4
    exits 4 ff --report page.html "$URL/" >out 2>err
    check "the message says why" grep -q \
        "^fanfetch: error: cannot write the report to 'page.html': File too large" err
    exits 4 ff --report new.html "$URL/" >out 2>err
)
check "the old one is there" cmp page.html before
same "no other file is left" "$(echo page.html* new.html*)" "page.html new.html*"
holds "the results are there" out 'map(.ok) == [true]'

[ -c /dev/full ] || skip "there is no /dev/full"
exits 4 ff --report /dev/full --summary=sum2 "$URL/" >out 2>err
check "the message says why" grep -q '^fanfetch: error: .*No space left' err
holds "the summary is written all the same" sum2 '.[0].records == 1'
