# Large programs: Debian's, which carry no module list, and two built from modules, which carry one.
from bench-base
install prometheus prometheus-node-exporter
layer 'apt-get install prometheus'
install etcd-server etcd-client docker-registry skopeo umoci
layer 'apt-get install etcd docker-registry'
npm_packages "$work/go" @bufbuild/buf-linux-x64@1.75.0 lefthook-linux-x64@2.2.2
mkdir -p "$root/opt/bin"
cp "$root/usr/bin/prometheus" "$root/opt/bin/renamed-tool"
rm "$root/usr/bin/promtool"
find "$work/go/node_modules" -type f -size +1M -perm -u+x -exec cp -t "$root/opt/bin" {} +
layer 'rm promtool; COPY bin /opt/bin'
