server_start
mkdir data
for host in $(seq 12); do
    urls 5 "http://127.0.0.$host:$PORT/?"
done >data/urls.txt
echo "$URL/status/404" >>data/urls.txt
export PATH=${FANFETCH%/*}:$PATH SHARDS=3
entry=$TESTS/../scripts/examples/kubernetes-entry
pids=()
for i in 0 1 2; do
    JOB_COMPLETION_INDEX=$i "$entry" data --limit-per-host 1 &
    pids+=($!)
done
for pid in "${pids[@]}"; do
    check "a record that is not ok is no failure of the pod" wait "$pid"
done
cat data/results.?.jsonl >out
holds "every record once" out 'map(.index) | sort == [range(61)]'

# When it is started again, it continues where it was.
JOB_COMPLETION_INDEX=1 exits 0 "$entry" data
cat data/results.?.jsonl >out
holds "nothing is fetched twice" out 'length == 61'

# The pod ends: requests in flight are finished, and status 143 says that it was
# ended.
mkdir slow
urls 3 "$URL/delay/3000?" >slow/urls.txt
server_reset
JOB_COMPLETION_INDEX=0 SHARDS=1 "$entry" slow --limit 1 &
pid=$!
server_wait '.in_flight == 1'
kill -TERM "$pid"
exits 143 wait "$pid"
holds "each record has its line" slow/results.0.jsonl \
    'map(.error.code) | sort == [null, "interrupted", "interrupted"]'
JOB_COMPLETION_INDEX=0 SHARDS=1 exits 0 "$entry" slow
holds "the other results are there, too" slow/results.0.jsonl 'length == 3 and all(.ok)'

# The manifest is valid YAML that fits the script.
python3 -c 'import yaml' 2>/dev/null || skip "python3-yaml is not installed"
python3 - "$TESTS/../scripts/examples/kubernetes-job.yaml" >job <<'PY'
import json, sys, yaml
json.dump(yaml.safe_load(open(sys.argv[1])), sys.stdout)
PY
holds "the manifest" job '.[0] | .kind == "Job" and .apiVersion == "batch/v1" and
    .spec.completionMode == "Indexed" and
    (.spec.template.spec | .containers[0] as $c |
        ($c.volumeMounts | map({(.name): .mountPath}) | add) as $at |
        $c.command[:2] == [$at.entry + "/kubernetes-entry", $at.data] and
        (.volumes | map(.name) | sort) == ($at | keys) and
        .terminationGracePeriodSeconds > 10) and
    (.spec.completions as $n | .spec.template.spec.containers[0].env ==
        [{name: "SHARDS", value: ($n | tostring)}])'
