# The words that image recipes are written in. A recipe changes the files below $root and calls `layer` after each step:
#   from PARENT | from scratch      must be the first line of a recipe
#   install PACKAGE...              Debian packages, by the image's own apt
#   inside COMMAND...               runs a command in the root
#   layer WORDS...                  what has changed since becomes a layer with this history line
#   settings UMOCI-OPTION...        the image's configuration
# $name is the image, $layout its OCI layout, $work a folder that is deleted afterwards.

from() {
  if [ "$1" = scratch ]; then
    umoci init --layout "$layout"
    umoci new --image "$layout:latest"
  else
    cp -a "$CACHE/images/$1" "$layout"
  fi
  umoci unpack --image "$layout:latest" "$work/bundle" >/dev/null
}

layer() {
  say "image $name: $*"
  umoci repack --refresh-bundle --history.created_by "$*" --image "$layout:latest" "$work/bundle" >/dev/null
}

settings() { umoci config --no-history --image "$layout:latest" "$@"; }

# Mounts live in a mount namespace of the command, so nothing stays mounted however it ends. Apt's lists, its archive and
# the resolver's configuration are the machine's or the cache's, and never get into a layer.
inside() {
  mkdir -p "$work/archives/partial" "$CACHE/images/.lists"
  unshare --mount --propagation private bash -euc '
    root=$1 archives=$2 lists=$3; shift 3
    mount -t proc proc "$root/proc"
    mount --rbind /dev "$root/dev"
    mount --bind "$archives" "$root/var/cache/apt/archives"
    mount --bind "$lists" "$root/var/lib/apt/lists"
    mount --bind /etc/resolv.conf "$root/etc/resolv.conf"
    exec chroot "$root" /usr/bin/env -i PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C.UTF-8 HOME=/root \
      DEBIAN_FRONTEND=noninteractive http_proxy="${http_proxy:-}" https_proxy="${https_proxy:-}" no_proxy="${no_proxy:-}" "$@"
  ' inside "$root" "$work/archives" "$CACHE/images/.lists" "$@" </dev/null
}

# The lines of an image's own sources.list: the mirrors that the machine's apt uses, security updates included where it has them.
sources() {
  local repository codename
  machine_targets '$(REPO_URI) $(CODENAME)' 'Created-By: Packages' 'Origin: Debian' | sort -u | while read -r repository codename; do
    case $codename in "$SUITE"|"$SUITE"-updates|"$SUITE"-security) echo "deb $repository $codename main" ;; esac
  done
}

# The package lists are read once a day for all images.
lists() {
  (
    one_at_a_time lists
    [ -z "$(find "$CACHE/images/.lists/read" -mmin -720 2>/dev/null)" ] || exit 0
    inside apt-get -qq update >"$work/apt.log" 2>&1 || fail "Debian's package lists could not be read, see $work/apt.log"
    touch "$CACHE/images/.lists/read"
  )
}

apt_inside() {
  lists
  inside apt-get -qq -o APT::Keep-Downloaded-Packages=false -o Dir::Cache::pkgcache= -o Dir::Cache::srcpkgcache= "$@" \
    >>"$work/apt.log" 2>&1 || fail "apt-get $* failed in the image $name, see $work/apt.log"
  find "$root/var/log" -type f -delete
  rm -f "$root"/var/cache/ldconfig/aux-cache
}

install() { apt_inside install -y --no-install-recommends "$@"; }

# Files of npm packages, at the versions given, without running their scripts.
npm_packages() { # FOLDER NAME@VERSION...
  local folder=$1; shift
  mkdir -p "$folder"
  [ -f "$folder/package.json" ] || echo '{"name":"shop","version":"1.0.0","private":true}' >"$folder/package.json"
  (cd "$folder" && npm install --ignore-scripts --no-audit --no-fund --loglevel=error "$@") >"$work/npm.log" 2>&1 \
    || fail "npm install failed for the image $name, see $work/npm.log"
}

# What pip leaves behind for one package, without its code.
python_package() { # FOLDER NAME VERSION [LICENSE]
  local module=${2//[-.]/_}
  local info=$1/$module-$3.dist-info
  mkdir -p "$info" "$1/$module"
  printf 'Metadata-Version: 2.1\nName: %s\nVersion: %s\nLicense: %s\n\n%s, as pip installs it.\n' "$2" "$3" "${4:-MIT}" "$2" >"$info/METADATA"
  printf '%s/__init__.py,,\n%s-%s.dist-info/METADATA,,\n%s-%s.dist-info/RECORD,,\n' "$module" "$module" "$3" "$module" "$3" >"$info/RECORD"
  printf 'Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n' >"$info/WHEEL"
  echo pip >"$info/INSTALLER"
  : >"$1/$module/__init__.py"
}
