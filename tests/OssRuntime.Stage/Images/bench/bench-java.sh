# Six hundred jars of Debian's, 150 that no package owns, an application jar that holds 60 jars and an archive that holds more.
from bench-base
install default-jre-headless
layer 'apt-get install jre'
java_libraries
layer 'apt-get install lib*-java'
jar=$work/jar
mkdir -p "$jar/BOOT-INF/lib" "$jar/BOOT-INF/classes" "$jar/META-INF" "$work/inner/WEB-INF/lib" "$root/app/lib"
printf 'Manifest-Version: 1.0\nStart-Class: x.Main\nImplementation-Title: shop\nImplementation-Version: 1.4.2\nImplementation-Vendor-Id: org.example\n' >"$jar/META-INF/MANIFEST.MF"
mapfile -t jars < <(find "$root/usr/share/java" -maxdepth 1 -type f -name '*.jar' | LC_ALL=C sort)
cp "${jars[@]:0:60}" "$jar/BOOT-INF/lib/"
cp "${jars[@]:60:5}" "$work/inner/WEB-INF/lib/"
(cd "$work/inner" && zip -q -0 -r "$jar/BOOT-INF/lib/inner.war" .)
(cd "$jar" && zip -q -X -0 -r "$root/app/shop.jar" .)
cp "$jar/BOOT-INF/lib/inner.war" "$root/app/second.war"
layer 'COPY shop.jar'
# under the names that Maven gives them
find "$root/usr/share/maven-repo" -name '*.jar' ! -name '*debian.jar' ! -path '*/debian/*' | LC_ALL=C sort | awk 'NR % 3 == 1 && n++ < 150' | while read -r link; do
  at=$root$(inside readlink -f "${link#"$root"}")
  [ ! -f "$at" ] || cp -n "$at" "$root/app/lib/${link##*/}"
done
rm -f "$root/app/second.war" "$root/usr/share/java/xerces-J-tools.jar"
layer 'COPY lib; rm second.war'
