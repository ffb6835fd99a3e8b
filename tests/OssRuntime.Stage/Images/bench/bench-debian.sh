# Debian alone: packages added and purged, files removed by a later layer.
from bench-base
install curl perl less
layer 'apt-get install curl perl less'
mkdir -p "$root/srv/app"
echo hello >"$root/srv/app/a.txt"
layer 'COPY a.txt'
inside dpkg --purge curl >>"$work/apt.log"
rm -rf "$root/usr/share/doc/perl" "$root/srv/app/a.txt"
layer 'dpkg --purge curl'
