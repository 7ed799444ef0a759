# A 204 has no hash and may have no validators.  The results of later failures
# and of a 304 carry its status on, so the next 204 is known to be the same.
server_start
echo "$URL/status/204" >list

# round STATUS CHANGE [OPTION...]: run it, to end with that status and change.
round() {
    exits "$1" ff --since state -o result "${@:3}" list 2>err
    mv result state
    holds "$*" state --arg want "$2" '.[0].change == ($want | fromjson)'
}

dead=(--connect-to "::127.0.0.1:1")
round 0 '"new"'
holds "it is the earlier one of none" state '.[0].status_earlier == null'
round 0 '"unchanged"'
for n in 1 2; do
    round 1 null "${dead[@]}"
    holds "failure $n" state '.[0] | .status_earlier == 204 and
        .url_earlier != null and .status_code == null'
done
round 0 '"unchanged"'

# The status of a failure is not that of an answer.
round 1 null --accept 200
holds "a status that is not accepted" state '.[0] | .status_code == 204 and
    .status_earlier == 204 and (.ok | not)'
round 0 '"unchanged"'

# It is another answer where there was a body before.
echo "{\"url\":\"$URL/flaky?status=204&times=1\"}" >list
rm state
round 0 '"new"'
round 1 null "${dead[@]}"
round 0 '"changed"'
