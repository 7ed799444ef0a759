# timeout: 120
server_start
for host in $(seq 12); do
    urls 5 "http://127.0.0.$host:$PORT/?"
done >list
echo "$URL/status/404" >>list
export PATH=${FANFETCH%/*}:$PATH
status=0
"$TESTS/slurm.sh" sbatch --wait --array=1-3 --output=log.%a \
    "$TESTS/../scripts/examples/slurm-array" --limit-per-host 1 list \
    2>err || status=$?
[ "$status" -ne 77 ] || skip "$(tail -n 1 err)"
# The status of the array is the greatest of its tasks' statuses: a record is
# not ok.
same "status" "$status" 1
cat results.?.jsonl >out
holds "every record once" out 'map(.index) | sort == [range(61)]'
holds "one result is not ok" out 'map(select(.ok | not).status_code) == [404]'
check "three parts" test "$(find . -name 'results.?.jsonl' -size +0 | wc -l)" -eq 3

# The case runs without Slurm, and starts a task once more, as Slurm would.
(
    export SLURM_ARRAY_TASK_ID=2 SLURM_ARRAY_TASK_COUNT=3
    wc -l <results.2.jsonl >before
    exits 0 "$TESTS/../scripts/examples/slurm-array" list
    same "nothing is fetched again" "$(wc -l <results.2.jsonl)" "$(cat before)"
)
