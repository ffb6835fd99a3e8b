# A Java runtime, jars of Debian packages, jars that no package owns, and an application jar with jars inside, one of which holds more.
from base
# the base leaves manual pages out with their folders, in which the package's alternatives put links
mkdir -p "$root/usr/share/man/man1"
install default-jre-headless
layer 'apt-get install default-jre-headless'
install $(printf 'lib%s-java ' asm batik bcprov cglib commons-beanutils commons-cli commons-codec commons-collections3 commons-collections4 \
  commons-compress commons-csv commons-digester commons-fileupload commons-httpclient commons-io commons-lang commons-lang3 \
  commons-logging commons-net commons-pool2 commons-text commons-validator dom4j fop guava h2 hsqldb httpclient httpcore \
  jackson2-annotations jackson2-core jackson2-databind jaxen jdom2 joda-time json-simple jsoup logback mina2 okio pdfbox \
  plexus-utils2 postgresql-jdbc slf4j velocity-tools woodstox xalan2 xerces2 xstream) liblog4j1.2-java liblog4j2-java libyaml-snake-java
layer 'apt-get install lib*-java'

jar=$work/jar
mkdir -p "$jar/BOOT-INF/lib" "$jar/BOOT-INF/classes" "$jar/META-INF/maven/org.example/shop" "$work/inner/WEB-INF/lib" "$root/app/lib"
printf 'Manifest-Version: 1.0\r\nMain-Class: org.springframework.boot.loader.JarLauncher\r\nStart-Class: org.example.shop.Shop\r\nImplementation-Title: shop\r\nImplementation-Version: 1.4.2\r\n\r\n' >"$jar/META-INF/MANIFEST.MF"
printf 'version=1.4.2\ngroupId=org.example\nartifactId=shop\n' >"$jar/META-INF/maven/org.example/shop/pom.properties"
mapfile -t jars < <(find "$root/usr/share/java" -maxdepth 1 -type f -name '*.jar' | LC_ALL=C sort)
cp "${jars[@]:0:30}" "$jar/BOOT-INF/lib/"
cp "${jars[@]:30:5}" "$work/inner/WEB-INF/lib/"
(cd "$work/inner" && zip -q -X -0 -r "$jar/BOOT-INF/lib/console.war" .)
(cd "$jar" && zip -q -X -0 -r "$root/app/shop.jar" .)
cp "$jar/BOOT-INF/lib/console.war" "$root/app/console.war"
layer 'COPY shop.jar console.war /app/'

# under the names that Maven gives them
find "$root/usr/share/maven-repo" -name '*.jar' ! -name '*debian.jar' ! -path '*/debian/*' | LC_ALL=C sort | while read -r link; do
  at=$root$(inside readlink -f "${link#"$root"}")
  [ ! -f "$at" ] || cp -n "$at" "$root/app/lib/${link##*/}"
done
find "$root/app/lib" -name '*.jar' | LC_ALL=C sort | tail -n +51 | xargs -r rm
rm "$root/app/console.war"
layer 'COPY lib /app/lib; rm console.war'
