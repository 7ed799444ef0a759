# When the interrupt comes, pending lines take the reader about two seconds,
# with pauses that are shorter than a reader is waited for.
need python3
server_start
urls 3000 "$URL/?" >list
mkfifo results
cat >reader.py <<'PYTHON'
import os, sys, time

while not os.path.exists("go"):
    time.sleep(0.02)
time.sleep(1)
while part := os.read(0, 16384):
    sys.stdout.buffer.write(part)
    time.sleep(0.02)
PYTHON
python3 reader.py <results >out &
reader=$!
ff_start --grace 0 list >results 2>err
# The rest waits when some 2,000 lines wait for the reader.
server_wait '.requests > 1500 and .in_flight == 0'
: >go
kill -INT "$FF_PID"
ff_wait 130
wait "$reader"
check "more than a pipe holds" test "$(wc -c <out)" -gt 500000
holds "whole lines, none left out" out 'sort_by(.index) |
    map(.index) == [range(length)]'
