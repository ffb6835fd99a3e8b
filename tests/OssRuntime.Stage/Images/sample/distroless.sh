# Without a package manager: Debian packages unpacked, each with its control data alone in var/lib/dpkg/status.d.
from scratch
packages='base-files netbase tzdata libc6 libssl3 libgcc-s1 libstdc++6 zlib1g'
open_archive
mkdir -p "$work/debs" "$root/var/lib/dpkg/status.d"
(cd "$work/debs" && apt download $packages busybox-static) || fail 'The packages of the image distroless could not be downloaded.'
for deb in "$work"/debs/*.deb; do
  package=$(dpkg-deb -f "$deb" Package)
  if [ "$package" = busybox-static ]; then
    # a shell for those who look inside, as the debug variants have it: no package of the image
    dpkg-deb -x "$deb" "$work/busybox"
    mkdir -p "$root/busybox"
    cp "$work/busybox/bin/busybox" "$root/busybox/busybox"
    continue
  fi
  dpkg-deb -x "$deb" "$root"
  dpkg-deb -f "$deb" >"$root/var/lib/dpkg/status.d/$package"
  dpkg-deb --ctrl-tarfile "$deb" | tar -xO ./md5sums >"$root/var/lib/dpkg/status.d/$package.md5sums" 2>/dev/null || true
  dpkg-deb --showformat='${Package}\t${Version}\t${Architecture}\t${source:Package}\n' -W "$deb" >>"$truth/dpkg.txt"
  dpkg-deb --showformat='${Package}\t${source:Package}\t${source:Version}\n' -W "$deb" >>"$truth/dpkg-source.txt"
  [ "$package" != libc6 ] || layer 'distroless base'
done
find "$root/usr/share" -mindepth 1 -maxdepth 1 ! -name doc ! -name zoneinfo -exec rm -rf {} +
layer 'distroless cc'
sort -o "$truth/dpkg.txt" "$truth/dpkg.txt"
sort -o "$truth/dpkg-source.txt" "$truth/dpkg-source.txt"
settings --config.user 65532:65532 --config.entrypoint /busybox/busybox --config.cmd sleep --config.cmd infinity
