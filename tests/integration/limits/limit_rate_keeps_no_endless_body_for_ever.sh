# The time that --limit-rate adds counts from ten times the time-out on.
server_start
for limit in --limit-rate --limit-rate-per-host; do
    exits 1 ff "$limit" 20k -m 0.3 "$URL/endless" >out
    holds "$limit" out '.[0] | .error.code == "total" and .time_queue > 2.5'
done
