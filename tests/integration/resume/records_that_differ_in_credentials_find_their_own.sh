# With --show-secrets a result tells credentials.  It is that of its own record,
# although results of other runs hide them.
server_start
host=${URL#http://}
printf '%s\n' "http://u:p@$host/" "http://u:q@$host/" >list
exits 0 ff -o out "http://u:q@$host/"
exits 0 ff --show-secrets -o out "http://u:p@$host/"
server_reset
exits 0 ff --resume -o out list
same "nothing is sent" "$(server_stats .requests)" 0
