#!/usr/bin/env bash
# Builds Kubernetes 1.20.2 programs from Debian 12's source package into the cache.
#   kubernetes.sh PROGRAM...    builds what is missing: kube-apiserver kube-controller-manager kube-scheduler kubelet kube-proxy pause
#   kubernetes.sh --where       prints the folder they are or will be in
# Takes 5 to 10 minutes of two cores for kube-apiserver, once. Needs apt and a C-less Go only, both out of Debian's archive; no root.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
source "$here/../Debian/archive.sh"

# A changed recipe builds anew; comments are no part of it.
key=$({ uname -m; grep -vE '^ *(#|$)' "$here/kubernetes.sh"; } | sha256sum | cut -c1-12)
home=$CACHE/kubernetes/$key
if [ "${1:-}" = --where ]; then echo "$home/bin"; exit; fi
missing=(); for program in "${@:-kube-apiserver}"; do [ -x "$home/bin/$program" ] || missing+=("$program"); done
[ ${#missing[@]} -gt 0 ] || exit 0
one_at_a_time kubernetes
mkdir -p "$home/bin"

unpack golang-1.19-go golang-1.19-src golang-github-modern-go-reflect2-dev
debian=$UNPACKED
work=$home/work
tree=$work/gopath/src/k8s.io/kubernetes       # GOPATH mode: the tree builds at this import path only
# Modules cannot be used: the tree's vendor folder and go.mod disagree for every Go newer than its own.
export GO111MODULE=off GOFLAGS= GOPROXY=off CGO_ENABLED=0 GOTOOLCHAIN=local
export GOROOT=$debian/usr/lib/go-1.19 GOPATH=$work/gopath GOCACHE=$work/objects
go() { nice -n 10 "$GOROOT/bin/go" "$@"; }

if [ ! -d "$tree" ]; then
  command -v dpkg-source >/dev/null || fail "dpkg-source is missing: install the package dpkg-dev."
  open_archive
  say "downloading the source of Kubernetes"
  rm -rf "$work"; mkdir -p "$work/download" "${tree%/*}"
  (cd "$work/download" && apt source --download-only kubernetes) || fail "Debian's source package kubernetes could not be downloaded."
  dpkg-source --no-check -x "$work"/download/kubernetes_*.dsc "$work/tree" >"$work/unpack.log" 2>&1 \
    || fail "The source package could not be unpacked, see $work/unpack.log"
  rm -rf "$work/download"

  # The vendored reflect2 reads the runtime's map iterators by a layout that Go 1.18 changed, and ends the API server with a
  # segmentation fault when the first custom resource is decoded. Debian's newer one asks the runtime instead.
  reflect2=$work/tree/vendor/github.com/modern-go/reflect2
  find "$reflect2" -maxdepth 1 -type f \( -name '*.go' -o -name '*.s' \) -delete
  find "$debian/usr/share/gocode/src/github.com/modern-go/reflect2" -maxdepth 1 -type f \( -name '*.go' -o -name '*.s' \) \
    ! -name '*_test.go' -exec cp -t "$reflect2" {} +
  mv "$work/tree" "$tree"
fi
cd "$tree"

# Server-side apply needs the schema of the built-in kinds: Go code that upstream's make generates and the archive does not carry.
schema=pkg/generated/openapi/zz_generated.openapi.go
if [ ! -s $schema ]; then
  say "generating the schema of the built-in kinds (half a minute)"
  go build -o "$work/openapi-gen" ./vendor/k8s.io/kube-openapi/cmd/openapi-gen
  # -R, not -r: most of vendor/k8s.io are links into staging/
  marked=$(grep -RlE --include='*.go' --exclude-dir=testdata --exclude-dir=code-generator --exclude-dir=sample-apiserver \
      '^// *\+k8s:openapi-gen=' cmd pkg plugin vendor/k8s.io \
    | sed 's,/[^/]*$,,; s,^,k8s.io/kubernetes/,' | LC_ALL=C sort -u | paste -s -d ,)
  PATH=$GOROOT/bin:$PATH nice -n 10 "$work/openapi-gen" --logtostderr --input-dirs "$marked" --output-base "$work/gopath/src" \
    --output-package k8s.io/kubernetes/pkg/generated/openapi --output-file-base zz_generated.openapi \
    --go-header-file vendor/k8s.io/code-generator/hack/boilerplate.go.txt --report-filename "$work/openapi.report" \
    >"$work/openapi.log" 2>&1 || { rm -f $schema; fail "The schema could not be generated, see $work/openapi.log"; }
  # Upstream checks in which oddities the generator finds; other oddities mean that it saw another set of kinds.
  cmp -s "$work/openapi.report" api/api-rules/violation_exceptions.list \
    || { rm -f $schema; fail "The generated schema is not the one of this release, see $work/openapi.report"; }
fi

# The version that the programs report; the commit is the one that the archive's hack/lib/version.sh names.
stamp='-s -w'
for package in component-base/version client-go/pkg/version; do
  for value in gitVersion=v1.20.2 gitMajor=1 gitMinor=20 gitCommit=faecb196815e248d3ecfb03c680a4507229c2a56 \
    gitTreeState=archive buildDate=2021-01-13T13:20:00Z; do
    stamp+=" -X k8s.io/kubernetes/vendor/k8s.io/$package.$value"
  done
done
for program in "${missing[@]}"; do
  [ ! -x "$home/bin/$program" ] || continue
  say "building $program"
  began=$SECONDS
  if [ "$program" = pause ]; then
    command -v gcc >/dev/null || fail "gcc is missing: install the packages gcc and libc6-dev."
    gcc -Os -static -s -DVERSION=3.2 -o "$home/bin/.pause" build/pause/linux/pause.c
  else
    go build -trimpath -tags providerless,dockerless -ldflags "$stamp" -o "$home/bin/.$program" "./cmd/$program"
  fi
  mv "$home/bin/.$program" "$home/bin/$program"
  say "$program: $((SECONDS - began)) s"
done
