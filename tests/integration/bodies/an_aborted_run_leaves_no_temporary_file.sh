has_temporary() {
    [ "$(find out -name '.fanfetch-*.tmp' -size +0 | wc -l)" -eq "$1" ]
}
server_start
mkdir out
urls 3 "$URL/stall-body?size=400000&id=" >list
ff_start --grace 0 --output-dir out list >lines
wait_for 10 has_temporary 3
kill -INT "$FF_PID"
ff_wait 130
same "nothing is left" "$(find out -type f)" ""
holds "all records have a line" lines 'length == 3 and all(.body_path == null)'

ff_start --output-dir out --deadline 4s list >lines
wait_for 10 has_temporary 3
ff_wait 1
same "nothing is left after the deadline" "$(find out -type f)" ""
