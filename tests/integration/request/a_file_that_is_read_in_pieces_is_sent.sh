# Some file systems return less than was asked for; that is no change of the file.
server_start
seq 2000 >file
preload rough_reads READ_SHORT=1
exits 0 ff -T file --body "$URL/mirror" >out
jq -j .body out >got
check "the server gets all of it" cmp file got
