# An Alpine root, laid out by hand after apk's own format (Debian has no apk): musl, busybox and what they need, then curl.
from scratch
apk_packages=$work/apk
open_archive
unpack busybox-static
mkdir -p "$root"/{bin,etc/apk,lib/apk/db,usr/bin,usr/lib,tmp,var/cache/apk}
cp "$UNPACKED/bin/busybox" "$root/bin/busybox"
for applet in sh ls cat sleep; do ln -s /bin/busybox "$root/bin/$applet"; done
echo 3.18.4 >"$root/etc/alpine-release"
printf 'NAME="Alpine Linux"\nID=alpine\nVERSION_ID=3.18.4\nPRETTY_NAME="Alpine Linux v3.18"\nHOME_URL="https://alpinelinux.org/"\nBUG_REPORT_URL="https://gitlab.alpinelinux.org/alpine/aports/-/issues"\n' >"$root/etc/os-release"
printf 'root:x:0:0:root:/root:/bin/sh\nnobody:x:65534:65534:nobody:/:/sbin/nologin\n' >"$root/etc/passwd"

# apk NAME VERSION ORIGIN LICENSE FOLDER FILE DESCRIPTION: one stanza and the file it owns
apk() {
  printf 'C:Q1%s=\nP:%s\nV:%s\nA:x86_64\nS:4096\nI:16384\nT:%s\nU:https://pkgs.alpinelinux.org/package/%s\nL:%s\no:%s\nm:Natanael Copa <ncopa@alpinelinux.org>\nt:1696000000\nF:%s\nR:%s\na:0:0:755\n\n' \
    "$(sha1sum <<<"$1-$2" | cut -c1-27)" "$1" "$2" "$7" "$1" "$4" "$3" "$5" "$6" >>"$root/lib/apk/db/installed"
  mkdir -p "$root/$5"
  [ -e "$root/$5/$6" ] || echo "$1 $2" >"$root/$5/$6"
  printf '%s\t%s\tx86_64\t%s\n' "$1" "$2" "$3" >>"$apk_packages"
}
apk alpine-baselayout 3.4.3-r1 alpine-baselayout GPL-2.0-only etc motd 'Alpine base dir structure and init scripts'
apk alpine-baselayout-data 3.4.3-r1 alpine-baselayout GPL-2.0-only etc fstab 'Alpine base dir structure and init scripts'
apk alpine-keys 2.4-r1 alpine-keys MIT etc/apk/keys alpine-devel@lists.alpinelinux.org-6165ee59.rsa.pub 'Public keys for Alpine Linux packages'
apk apk-tools 2.14.0-r2 apk-tools GPL-2.0-only sbin apk 'Alpine Package Keeper'
apk busybox 1.36.1-r2 busybox GPL-2.0-only bin busybox 'Size optimized toolbox of many common UNIX utilities'
apk busybox-binsh 1.36.1-r2 busybox GPL-2.0-only bin sh 'busybox ash /bin/sh'
apk ca-certificates-bundle 20230506-r0 ca-certificates 'MPL-2.0 AND MIT' etc/ssl/certs ca-certificates.crt 'Pre generated bundle of Mozilla certificates'
apk libc-utils 0.7.2-r5 libc-dev 'BSD-2-Clause AND BSD-3-Clause' usr/bin ldd 'Meta package to pull in correct libc'
apk libcrypto3 3.1.3-r0 openssl Apache-2.0 lib libcrypto.so.3 'Crypto library from openssl'
apk libssl3 3.1.3-r0 openssl Apache-2.0 lib libssl.so.3 'SSL shared libraries'
apk musl 1.2.4-r1 musl MIT lib ld-musl-x86_64.so.1 'the musl c library (libc) implementation'
apk musl-utils 1.2.4-r1 musl 'MIT AND BSD-2-Clause AND GPL-2.0-or-later' sbin ldconfig 'the musl c library (libc) implementation'
apk scanelf 1.3.7-r1 pax-utils GPL-2.0-only usr/bin scanelf 'Scan ELF binaries for stuff'
apk ssl_client 1.36.1-r2 busybox GPL-2.0-only usr/bin ssl_client 'External ssl_client for busybox wget'
apk zlib 1.2.13-r1 zlib Zlib lib libz.so.1.2.13 'A compression/decompression Library'
apk sqlite-libs 3.41.2-r2 sqlite blessing usr/lib libsqlite3.so.0.8.6 'Sqlite3 library'
printf '%s\n' alpine-baselayout alpine-keys apk-tools busybox libc-utils >"$root/etc/apk/world"
layer 'ADD alpine-minirootfs-3.18.4-x86_64.tar.gz /'

apk curl 8.2.1-r0 curl curl usr/bin curl 'URL retrival utility and library'
apk libcurl 8.2.1-r0 curl curl usr/lib libcurl.so.4.8.0 'The multiprotocol file transfer library'
apk nghttp2-libs 1.55.1-r0 nghttp2 MIT usr/lib libnghttp2.so.14.24.3 'Experimental HTTP/2 client, server and proxy (libraries)'
apk brotli-libs 1.0.9-r14 brotli MIT usr/lib libbrotlidec.so.1.0.9 'Generic lossless compressor (libraries)'
echo curl >>"$root/etc/apk/world"
layer 'apk add curl'

# apk writes its database anew, without the package's stanza
awk 'BEGIN { RS = ""; ORS = "\n\n" } !/\nP:sqlite-libs\n/' "$root/lib/apk/db/installed" >"$work/installed"
cp "$work/installed" "$root/lib/apk/db/installed"
rm "$root/usr/lib/libsqlite3.so.0.8.6"
sed -i '/^sqlite-libs\t/d' "$apk_packages"
layer 'apk del sqlite-libs'
sort "$apk_packages" >"$truth/apk.txt"
settings --config.cmd /bin/sleep --config.cmd infinity --config.env PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
