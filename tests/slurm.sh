#!/usr/bin/env bash
#
# slurm.sh - run a command with a Slurm of its own: this machine is the one
# node, all that it writes is below a temporary folder, and it ends with the
# command.  Where that can't be, the reason is printed and the status is 77.
#
# Usage: tests/slurm.sh COMMAND [ARGUMENT]...

set -euo pipefail

skip() {
    echo "slurm.sh: $*" >&2
    exit 77
}

for command in munged slurmctld slurmd sbatch sinfo; do
    PATH=$PATH:/usr/sbin command -v "$command" >/dev/null ||
        skip "$command is not installed (Debian: slurm-wlm)"
done
PATH=$PATH:/usr/sbin

dir=$(mktemp -d)
pids=()
cleanup() {
    local pid
    for pid in "${pids[@]}"; do
        kill "$pid" 2>/dev/null || :
    done
    for pid in "${pids[@]}"; do
        wait "$pid" 2>/dev/null || :
    done
    rm -rf "$dir"
}
trap cleanup EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

# start NAME COMMAND...: in the background, with a log.
start() {
    local name=$1
    shift
    "$@" >"$dir/$name.log" 2>&1 </dev/null &
    pids+=($!)
}

# until_true NAME COMMAND...: for 20 s at most.
until_true() {
    local name=$1 i
    shift
    for ((i = 0; i < 200; i++)); do
        ! "$@" 2>/dev/null || return 0
        sleep 0.1
    done
    cat "$dir"/*.log >&2
    skip "$name does not come up here"
}

free_port() {
    local port
    for ((port = 20000 + RANDOM % 10000; ; port++)); do
        (: <"/dev/tcp/127.0.0.1/$port") 2>/dev/null || break
    done
    echo "$port"
}

has_idle_node() {
    [[ $(sinfo -h -o %T) == idle ]]
}

# munged wants its socket's folder open to all; what is secret has its own mode.
chmod 711 "$dir"
mkdir -m 700 "$dir/state" "$dir/spool"
(umask 077 && head -c 64 /dev/urandom >"$dir/munge.key")
start munged munged --foreground --socket="$dir/munge" \
    --key-file="$dir/munge.key" --pid-file="$dir/munge.pid" \
    --log-file="$dir/munge.log" --seed-file="$dir/munge.seed"
until_true munged test -S "$dir/munge"

host=$(hostname -s)
me=$(id -un)
cat >"$dir/slurm.conf" <<CONF
ClusterName=test
SlurmctldHost=$host(127.0.0.1)
SlurmUser=$me
SlurmdUser=$me
SlurmctldPort=$(free_port)
SlurmdPort=$(free_port)
AuthType=auth/munge
AuthInfo=socket=$dir/munge
ProctrackType=proctrack/pgid
TaskPlugin=task/none
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
MpiDefault=none
ReturnToService=2
SchedulerParameters=batch_sched_delay=0,sched_interval=1
StateSaveLocation=$dir/state
SlurmdSpoolDir=$dir/spool
SlurmctldPidFile=$dir/slurmctld.pid
SlurmdPidFile=$dir/slurmd.pid
NodeName=$host NodeAddr=127.0.0.1 CPUs=$(nproc) State=UNKNOWN
PartitionName=all Nodes=$host Default=YES State=UP
CONF
export SLURM_CONF=$dir/slurm.conf
start slurmctld slurmctld -D -i
start slurmd slurmd -D
until_true 'the node' has_idle_node

"$@"
