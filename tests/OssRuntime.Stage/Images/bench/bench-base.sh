# The layer that the measured images share: Debian 12 with its updates, manual pages and documents included.
from scratch
open_archive
mmdebstrap --quiet --variant=minbase --include=ca-certificates --dpkgopt=force-unsafe-io --format=tar "$SUITE" "$work/base.tar" \
  "deb [signed-by=$KEYRING] $(mirror) $SUITE main" "deb [signed-by=$KEYRING] $(mirror) $SUITE-updates main" >"$work/mmdebstrap.log" 2>&1 \
  || fail "mmdebstrap failed, see $work/mmdebstrap.log"
tar -C "$root" --numeric-owner --xattrs -xpf "$work/base.tar"
rm -rf "$work/base.tar" "$root"/dev/* "$root"/var/lib/apt/lists/* "$root"/var/log/*.log "$root"/var/log/apt
rm -f "$root/etc/hostname" "$root/etc/resolv.conf" "$root/etc/machine-id"
: >"$root/etc/resolv.conf"
printf '#!/bin/sh\nexit 101\n' >"$root/usr/sbin/policy-rc.d"
chmod 755 "$root/usr/sbin/policy-rc.d"
sources >"$root/etc/apt/sources.list"
printf 'force-unsafe-io\n' >"$root/etc/dpkg/dpkg.cfg.d/unsafe-io"
layer "debian $SUITE, minbase with updates"
settings --config.cmd /bin/bash
