#!/usr/bin/env bash
# One node: containerd, kubelet and kube-proxy in network, mount and process namespaces of their own. Bridge, packet filter, mounts and the
# kernel's settings are the node's, not the machine's, and are gone with its last process, however that ends.
#   node.sh --lacks FOLDER    says in a sentence what this machine lacks to run a node below FOLDER; nothing where all is there
#   node.sh --sweep           takes away what a node leaves behind that was killed together with its supervisor
#   node.sh --run FOLDER      runs the node until told to stop; called in a new network namespace. FOLDER holds its configuration.
#   node.sh --inside FOLDER   the node's first process
set -euo pipefail
group=ossruntime-node                    # below each hierarchy of control groups, the one thing that is left on the machine itself
hierarchies=/sys/fs/cgroup

# Unpacked images, a gigabyte and more in a hundred thousand small files, are in memory where there is room: gone at once with the namespace.
in_memory() { [ "$(awk '/^MemAvailable:/ { print $2 }' /proc/meminfo)" -ge 6000000 ]; }

sweep() {
  local folder left
  for _ in {1..50}; do                   # the kernel takes ended processes away by and by
    left=''
    for folder in "$hierarchies"/*/"$group"; do
      [ ! -d "$folder" ] || find "$folder" -depth -type d -exec rmdir {} + 2>/dev/null || left=1
    done
    [ -n "$left" ] || return 0
    sleep 0.1
  done
}

lacks() {
  local folder=$1 controller
  in_namespaces() { unshare --net --mount --pid --fork bash -euc "$1" probe "$folder" >/dev/null 2>&1; }
  in_namespaces true || { echo "Namespaces cannot be created here: root lacks the capability CAP_SYS_ADMIN."; return; }
  for controller in cpu cpuacct cpuset memory pids devices freezer; do
    [ -w "$hierarchies/$controller/cgroup.procs" ] \
      || { echo "The kubelet needs the control groups of version 1, and $hierarchies/$controller is not there or cannot be written."; return; }
  done
  [ -r /dev/kmsg ] || { echo "The kubelet reads the kernel's messages, and /dev/kmsg cannot be read."; return; }
  in_namespaces 'ip link add probe type bridge; ip link add here type veth peer name there; ip link set here master probe' \
    || { echo "The kernel here has no bridge or no virtual Ethernet pairs for pods."; return; }
  in_namespaces 'iptables -w -t nat -A POSTROUTING -p tcp -m comment --comment probe -m mark --mark 1/1 -m statistic --mode random --probability 0.5 -j MASQUERADE
      iptables -w -A FORWARD -m conntrack --ctstate INVALID -j REJECT' \
    || { echo "The kernel here has no packet filter with address translation, which Services are made of."; return; }
  in_namespaces 'mkdir -p "$1"/probe/{lower,upper,work,merged}
      mount -t overlay -o "lowerdir=$1/probe/lower,upperdir=$1/probe/upper,workdir=$1/probe/work" overlay "$1/probe/merged"' \
    || { echo "The file system of $folder takes no overlay mounts; set TMPDIR to a folder on another one."; return; }
  in_memory || [ "$(df --output=avail -BM "$folder" | tail -1 | tr -dc 0-9)" -ge 4000 ] || { echo "$folder has less than 4 GB of space, and the memory less than 6."; return; }
}

run() {
  local folder=$1 box
  source "$folder/settings"
  ip link set lo up
  ip link add "$BRIDGE" type bridge
  ip addr add "$GATEWAY/$PREFIX" dev "$BRIDGE"
  ip link set "$BRIDGE" up
  # Programs that share the node's network have no other route to Services; pods have the bridge as theirs.
  ip route add "$SERVICES" dev "$BRIDGE"
  echo 1 >/proc/sys/net/ipv4/ip_forward
  for hierarchy in "$hierarchies"/*/; do
    [ ! -e "$hierarchy/cgroup.procs" ] || mkdir -p "$hierarchy/$group"
  done

  trap 'kill -KILL "$box" 2>/dev/null || true' TERM INT HUP
  setpriv --pdeathsig KILL -- unshare --mount --pid --fork --kill-child --mount-proc bash "${BASH_SOURCE[0]}" --inside "$folder" &
  box=$!
  echo $$ >"$folder/pid.new"; mv "$folder/pid.new" "$folder/pid"
  local code=0
  wait "$box" || code=$?
  while kill -0 "$box" 2>/dev/null; do wait "$box" || true; done
  sweep
  exit "$code"
}

inside() {
  local folder=$1 tunable ended name
  source "$folder/settings"
  export PATH=$DEBIAN/usr/bin:$DEBIAN/usr/sbin:$PATH:/usr/sbin:/sbin
  mount --make-rshared /
  # Paths that the programs have built in lead into the node's own folder.
  mkdir -p "$folder"/lib/{upper,work} "$folder/log" "$folder/tunables" "$folder/containerd"
  ! in_memory || mount -t tmpfs -o mode=711 tmpfs "$folder/containerd"
  mount -t overlay -o "lowerdir=/var/lib,upperdir=$folder/lib/upper,workdir=$folder/lib/work" overlay /var/lib
  mount --bind "$folder/log" /var/log
  mount -t tmpfs -o mode=755 tmpfs /run
  # The kubelet sets these for the whole machine. Where it looks it finds them set already.
  for tunable in vm/overcommit_memory=1 vm/panic_on_oom=0 kernel/panic=10 kernel/panic_on_oops=1 \
      kernel/keys/root_maxkeys=1000000 kernel/keys/root_maxbytes=25000000; do
    name=$folder/tunables/$(basename "${tunable%=*}")
    echo "${tunable#*=}" >"$name"
    mount --bind "$name" "/proc/sys/${tunable%=*}"
  done

  declare -A names
  begin() { "$@" >>"$folder/$(basename "$1").log" 2>&1 & names[$!]=$(basename "$1"); }
  begin containerd --config "$folder/containerd.toml"
  until ctr -a "$folder/containerd.sock" version >/dev/null 2>&1; do kill -0 $! 2>/dev/null || break; sleep 0.1; done
  pause_image "$folder"
  ctr -a "$folder/containerd.sock" -n k8s.io images import "$folder/pause.tar" >/dev/null
  until [ -f "$folder/connected" ]; do sleep 0.05; done
  begin "$PROGRAMS/kubelet" --config="$folder/kubelet.yaml" --kubeconfig="$KUBELET_KUBECONFIG" --root-dir="$folder/kubelet" \
    --cert-dir="$folder/kubelet/pki" --container-runtime=remote --container-runtime-endpoint="unix://$folder/containerd.sock" --hostname-override="$NODE"
  begin "$PROGRAMS/kube-proxy" --config="$folder/kube-proxy.yaml" --hostname-override="$NODE"
  wait -n -p ended || true
  echo "${names[$ended]} ended:"
  tail -n 12 "$folder/${names[$ended]}.log"
  exit 1
}

# Every pod has a container that holds its namespaces and does nothing. Its image is in no registry.
pause_image() {
  local folder=$1 layer
  (
    cd "$folder"
    tar --owner=0 --group=0 --mtime=@0 -C "$PROGRAMS" -cf pause-layer.tar pause
    layer=$(sha256sum pause-layer.tar | cut -d' ' -f1)
    printf '{"architecture":"%s","os":"linux","config":{"Entrypoint":["/pause"],"User":"65535:65535"},"rootfs":{"type":"layers","diff_ids":["sha256:%s"]}}' \
      "$(dpkg --print-architecture)" "$layer" >pause.json
    printf '[{"Config":"pause.json","RepoTags":["%s"],"Layers":["pause-layer.tar"]}]' "$PAUSE" >manifest.json
    tar -cf pause.tar pause.json manifest.json pause-layer.tar
  )
}

case ${1:-} in
  --lacks) lacks "$2" ;;
  --sweep) sweep ;;
  --run) run "$2" ;;
  --inside) inside "$2" ;;
  *) sed -n '2,8s/^# \{0,1\}//p' "$0"; exit 2 ;;
esac
