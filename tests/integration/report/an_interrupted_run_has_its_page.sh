need python3
server_start
urls 10 "$URL/delay/4000?" >list
ff_start --limit 2 --report page.html --summary=sum list >out 2>err
server_wait '.in_flight == 2'
kill -INT "$FF_PID"
ff_wait 130
python3 "$TESTS/page.py" page.html >page
holds "the summary" page --slurpfile sum sum '.[0].summary == $sum[0] and
    .[0].summary.not_sent == 8'
holds "the result says so" page '.[0].text | contains("Stopped before its end.")'

# Twice: at once.
ff_start --limit 2 --report page.html list >out 2>err
server_wait '.in_flight == 2'
kill -INT "$FF_PID"
wait_for 10 grep -q interrupt err
kill -INT "$FF_PID"
ff_wait 130
python3 "$TESTS/page.py" page.html >page
holds "of what there is" page '.[0].summary.records == 10'

# A run that ends by itself does not count as stopped.
exits 0 ff --report page.html "$URL/" >out
python3 "$TESTS/page.py" page.html >page
holds "a whole one" page '.[0].text | contains("Stopped") | not'
