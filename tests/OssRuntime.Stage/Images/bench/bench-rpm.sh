# A root as Red Hat's family has it: rpmdb.sqlite with 280 packages built here, three of them removed by a later layer.
from scratch
specs=$work/rpm/specs
mkdir -p "$specs" "$root/etc" "$root/usr/lib" "$root/var/lib/rpm"
number=0
for package in bash coreutils glibc:0 openssl-libs:1 openssl:1 zlib curl-minimal libcurl-minimal krb5-libs libxml2 sqlite-libs expat pcre2 \
  systemd-libs systemd rpm rpm-libs dnf python3 python3-libs perl-interpreter:4 vim-minimal:2 bind-utils:32 kernel-core kernel-core-2 \
  gpg-pubkey-x $(seq -f pkg%03g 1 184); do
  number=$((number + 1))
  package_name=${package%:*}
  {
    printf 'Name: %s\nVersion: %s\nRelease: %s\nSummary: %s\nLicense: MIT\nVendor: Rocky Enterprise Software Foundation\n' "$package_name" \
      $((number % 7 + 1)).$((number % 13)).$((number % 5)) $((number % 40 + 1)).el9_$((number % 4)) "$package_name"
    [ "$package_name" = "$package" ] || echo "Epoch: ${package#*:}"
    [ $((number % 29)) != 0 ] || echo "ModularityLabel: mod$number:8090:1:abc"
    printf '%%description\n%s\n%%install\nmkdir -p %%{buildroot}/usr/share/t/%s\n' "$package_name" "$package_name"
    printf 'for k in $(seq 1 %s); do echo %s.$k >%%{buildroot}/usr/share/t/%s/f$k; done\n' $((number % 20 + 1)) "$number" "$package_name"
    printf '%%files\n/usr/share/t/%s\n' "$package_name"
    [ $((number % 3)) != 0 ] || printf '%%package devel\nSummary: %s\n%%description devel\n%s\n%%files devel\n' "$package_name" "$package_name"
  } >"$specs/$number.spec"
done
printf '%s\n' "$specs"/*.spec | xargs -P 2 -n 8 rpmbuild -bb --quiet --target noarch --define "_topdir $work/rpm" --define '_build_id_links none' \
  --define 'debug_package %{nil}' --define "_dbpath $work/rpm/none" >"$work/rpm.log" 2>&1 || fail "rpmbuild failed, see $work/rpm.log"
printf 'NAME="Rocky Linux"\nVERSION="9.3 (Blue Onyx)"\nID="rocky"\nID_LIKE="rhel centos fedora"\nVERSION_ID="9.3"\nPLATFORM_ID="platform:el9"\nPRETTY_NAME="Rocky Linux 9.3 (Blue Onyx)"\n' >"$root/etc/os-release"
echo 'Rocky Linux release 9.3 (Blue Onyx)' | tee "$root/etc/redhat-release" >"$root/etc/rocky-release"

rpm_inside() {
  rpm --root "$root" --dbpath /var/lib/rpm --define '_db_backend sqlite' "$@" >>"$work/rpm.log" 2>&1 || fail "rpm $1 failed, see $work/rpm.log"
}
mapfile -t packages < <(find "$work/rpm/RPMS" -name '*.rpm' | LC_ALL=C sort)
rpm_inside --initdb
rpm_inside -U --nodeps --ignorearch --nosignature --nodigest --noscripts "${packages[@]:0:120}"
layer 'dnf install, the first 120'
rpm_inside -U --nodeps --ignorearch --nosignature --nodigest --noscripts "${packages[@]:120}"
layer 'dnf install, the others'
rpm_inside -e --nodeps --noscripts pkg001 pkg002 pkg004
layer 'dnf remove pkg001 pkg002 pkg004'
rpm --root "$root" --dbpath /var/lib/rpm -qa --qf '%{NAME}\t%{EPOCHNUM}:%{VERSION}-%{RELEASE}\t%{ARCH}\t%{SOURCERPM}\n' | LC_ALL=C sort >"$truth/rpm.txt"
settings --config.cmd /bin/bash
