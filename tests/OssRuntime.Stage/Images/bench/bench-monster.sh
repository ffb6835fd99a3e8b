# 4 GB and 175,000 entries on top of the python image, whose layers it shares.
from bench-python
install build-essential gfortran cmake git golang-go libboost-dev linux-headers-amd64 prometheus docker-registry
layer 'toolchain, go, kernel headers'
install default-jdk-headless maven nodejs
java_libraries
layer 'jdk maven node lib*-java'
npm_application "$root/app"
layer 'npm ci'
rm -rf "$root/app/node_modules/aws-sdk" "$root/usr/share/doc" "$root/app/node_modules/moment"
layer 'rm docs'
