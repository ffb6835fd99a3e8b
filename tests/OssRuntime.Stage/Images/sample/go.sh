# Go programs: Debian's (which carry no module list) and two that were built from modules (which carry one).
from base
install prometheus-node-exporter docker-registry
layer 'apt-get install prometheus-node-exporter docker-registry'
npm_packages "$work/go" @bufbuild/buf-linux-x64@1.75.0 lefthook-linux-x64@2.2.2
mkdir -p "$root/opt/bin"
find "$work/go/node_modules" -type f -size +1M -perm -u+x -exec cp -t "$root/opt/bin" {} +
cp "$root/usr/bin/docker-registry" "$root/opt/bin/registry"
layer 'COPY bin /opt/bin'
rm "$root/opt/bin/registry"
layer 'rm /opt/bin/registry'
settings --clear config.cmd --config.cmd prometheus-node-exporter
