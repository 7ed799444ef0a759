# In the middle of the run the process may open no more descriptors.  Requests
# that need one fail and say so, the others go on, and later all is as before.
need prlimit
server_start
mkfifo pipe
exec 3<>pipe
ff_start --limit 20 --force-close --retry 1 --retry-delay 10ms <pipe >out
urls 100 "$URL/delay/20?a" >&3
wait_lines out 100
prlimit --pid "$FF_PID" --nofile=10:1024
urls 100 "$URL2/delay/20?b" >&3
wait_lines out 200
prlimit --pid "$FF_PID" --nofile=1024:1024
urls 100 "$URL/delay/20?c" >&3
wait_lines out 300
exec 3<&-
ff_wait 1
holds "each record has one line" out 'map(.index) | sort == [range(300)]'
holds "before and after all are fine" out '
    [.[] | select(.index < 100 or .index >= 200)] | all(.ok)'
holds "failed results say so" out '
    map(select(.ok | not)) | length > 0 and all(.error.class == "connect" and
        .error.code == "no_descriptors" and .error.retryable)'
