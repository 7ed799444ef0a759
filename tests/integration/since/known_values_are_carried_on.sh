# timeout: 240
# They are carried on over answers without any: a 304, and a failure.
feeds_start
echo content >feeds/broken/1
echo "$FEEDS/broken/1" >list
known='[.[0] | .etag, .sha256, .body_path, .change]'

run() {
    local status=$1
    shift
    exits "$status" ff --since state -o result "$@" list 2>err
    mv result state
}

run 0 --output-dir bodies
jq -sc "${known}[:3]" state >want
path=$(jq -r .body_path state)
check "the body is there" cmp "$path" feeds/broken/1
for n in 1 2 3; do
    run 0 --output-dir bodies
    holds "304" state '.[0] | .status_code == 304 and .ok and
        .change == "unchanged" and .size_body == 0 and .size_earlier == 8'
    same "round $n" "$(jq -sc "${known}[:3]" state)" "$(cat want)"
done
# The page of an error is not an answer and replaces no file.
touch feeds/broken/down
for n in 1 2; do
    run 1 --output-dir bodies
    holds "500" state '.[0] | .status_code == 500 and (.ok | not) and
        .change == null and .error.code == "http_500" and .size_earlier == 8'
    same "failure $n" "$(jq -sc "${known}[:3]" state)" "$(cat want)"
done
run 1 # no --output-dir
same "the file is not forgotten" "$(jq -sc "${known}[:3]" state)" "$(cat want)"
exits 1 ff --since state -o result --connect-timeout 5 --connect-to ::127.0.0.1:1 \
    list 2>err
mv result state
same "no connection" "$(jq -sc "${known}[:3]" state)" "$(cat want)"
holds "nor does it say anything" state '.[0] | .change == null and .attempts == 1'
rm feeds/broken/down
run 0 --output-dir bodies
holds "the next run continues from there" state '.[0] | .status_code == 304 and .change == "unchanged"'

# A file that is gone is fetched again.
rm "$path"
: >feeds/log
run 0 --output-dir bodies
holds "with another answer" state '.[0] | .status_code == 200 and .change == "unchanged"'
check "the file is there again" cmp "$path" feeds/broken/1
same "no condition was sent" "$(feeds_log)" "GET /broken/1 200 - -"

# This holds for a name that stays the same, too.
rm -rf state bodies
for want in new unchanged unchanged; do
    echo same >feeds/none/1
    exits 0 ff --since state -o result --output-dir bodies --output-name page \
        "$FEEDS/none/1" 2>err
    mv result state
    holds "$want" state --arg want "$want" \
        '.[0] | .change == $want and .body_path == "bodies/page"'
done

# An unchanged body still meets the expectation that it met before.
rm state
hash=$(sha256sum <feeds/broken/1 | cut -d ' ' -f 1)
for want in new unchanged unchanged; do
    run 0 --expect '^content$'
    holds "$want as expected" state --arg want "$want" '.[0].change == $want'
done
for sum in "$hash" "${hash//[0-9]/0}"; do
    echo "{\"url\":\"$FEEDS/broken/1\",\"expect_sha256\":\"$sum\"}" |
        ff --since state >"sum$sum" || :
done
holds "the earlier hash is the one expected" "sum$hash" '.[0] | .ok and .status_code == 304'
holds "or is not" "sum${hash//[0-9]/0}" '.[0].error.code == "sha256"'

# A record that failed at first has nothing to carry on, and is new once it is
# fetched.
rm state
touch feeds/broken/down
run 1
holds "no value is known" state '.[0] | .change == null and .etag == null and
    .last_modified == null and .sha256 == null'
rm feeds/broken/down
run 0
holds "new" state '.[0] | .change == "new"'
