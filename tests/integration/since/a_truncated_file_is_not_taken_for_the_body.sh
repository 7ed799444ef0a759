# A file that --truncate has cut stays the body's only while no more is asked
# for, and every result that names it says so.
feeds_start
echo 0123456789 >feeds/both/1
echo "$FEEDS/both/1" >list
said='[.[0] | .change, .status_code, .body_truncated]'

run() {
    ff --since state -o result "$@" list 2>err || :
    mv result state
}

run --output-dir bodies --truncate 4
cut=$(jq -r .body_path state)
same "the first run" "$(jq -sc "$said" state)" '["new",200,true]'
run --output-dir bodies --truncate 4
same "the same again" "$(jq -sc "$said" state)" '["unchanged",304,true]'
run
same "without a folder" "$(jq -sc "$said" state)" '["unchanged",304,true]'
run --output-dir bodies --connect-to ::127.0.0.1:1
same "a failure" "$(jq -sc "$said" state)" '[null,null,true]'
run --output-dir bodies --truncate 2
same "less than there is" "$(jq -sc "$said" state)" '["unchanged",304,true]'
same "all name that file" "$(jq -r .body_path state)" "$cut"
same "which is cut" "$(cat "$cut")" 0123

run --output-dir bodies --truncate 6
same "more than there is" "$(jq -sc "${said}[1:]" state)" '[200,true]'
same "is fetched" "$(cat "$(jq -r .body_path state)")" 012345
run --output-dir bodies
same "the whole body" "$(jq -sc "${said}[1:]" state)" '[200,false]'
check "is fetched, too" cmp "$(jq -r .body_path state)" feeds/both/1
run --output-dir bodies --truncate 4
same "a whole file serves" "$(jq -sc "$said" state)" '["unchanged",304,false]'
