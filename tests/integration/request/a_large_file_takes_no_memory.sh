# A file of 300 MB, and a hundred of 3 MB at once, are sent from the disk.
# timeout: 240
! sanitized || skip "a sanitizer has memory of its own"
server_start
mkdir files
truncate -s 300M files/big
truncate -s 20M files/small
echo "{\"url\":\"$URL/echo-nothing\",\"body_file\":\"big\"}" >one
peak_of 0 --allow-files files --accept 100-599 one >out
holds "all of it was sent" out '.[0].status_code != null'
check "64 MB are enough, not $PEAK kB" test "$PEAK" -lt 65536
for i in $(seq 100); do
    echo "{\"url\":\"$URL/echo-nothing?$i\",\"form\":{\"f\":{\"file\":\"small\"}}}"
done >many
peak_of 0 --allow-files files --accept 100-599 many >out
holds "all of them" out 'length == 100 and all(.ok)'
check "100 MB are enough, not $PEAK kB" test "$PEAK" -lt 102400
