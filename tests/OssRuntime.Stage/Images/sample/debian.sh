# Debian itself: an upgrade over the base layer, packages removed with and without their configuration.
from base
apt_inside upgrade -y
layer 'apt-get upgrade'
install curl openssl perl less nano exim4-base wget
layer 'apt-get install curl openssl perl less nano exim4-base wget'
mkdir -p "$root/srv/app"
echo 'hello' >"$root/srv/app/hello.txt"
layer 'COPY hello.txt /srv/app/'
inside dpkg --purge curl >>"$work/apt.log"
inside dpkg --remove wget >>"$work/apt.log"
rm "$root/srv/app/hello.txt"
layer 'dpkg --purge curl; dpkg --remove wget; rm hello.txt'
