# The layer that most images share: Debian 12 as its last point release left it, without later security updates.
from scratch
open_archive
mmdebstrap --quiet --variant=minbase --include=ca-certificates \
  --dpkgopt='path-exclude=/usr/share/man/*' --dpkgopt='path-exclude=/usr/share/locale/*' \
  --dpkgopt='path-exclude=/usr/share/doc/*' --dpkgopt='path-include=/usr/share/doc/*/copyright' --dpkgopt=force-unsafe-io \
  --format=tar "$SUITE" "$work/base.tar" "deb [signed-by=$KEYRING] $(mirror) $SUITE main" >"$work/mmdebstrap.log" 2>&1 \
  || fail "mmdebstrap failed, see $work/mmdebstrap.log"
tar -C "$root" --numeric-owner --xattrs -xpf "$work/base.tar"
rm -rf "$work/base.tar" "$root"/dev/* "$root"/var/lib/apt/lists/* "$root"/var/log/*.log "$root"/var/log/apt
rm -f "$root/etc/hostname" "$root/etc/resolv.conf" "$root/etc/machine-id"
: >"$root/etc/resolv.conf"
# no service starts when a package is installed in an image
printf '#!/bin/sh\nexit 101\n' >"$root/usr/sbin/policy-rc.d"
chmod 755 "$root/usr/sbin/policy-rc.d"
sources >"$root/etc/apt/sources.list"
layer "debian $SUITE, minbase"
settings --config.cmd sleep --config.cmd infinity --config.env PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
