# Words of the bench recipes beside those of layers.sh.

# install_of PACKAGE...: those of the packages that the archive has today
install_of() {
  lists
  install $(inside apt-cache policy "$@" 2>/dev/null | awk '/^[a-z0-9]/ { name = $1; sub(":$", "", name) } /Candidate:/ && $2 != "(none)" { print name }')
}

# The applications of the node and monster images: about a thousand packages.
npm_application() { # FOLDER
  npm_packages "$1" express@4.17.1 next@13.5.6 react@18.2.0 react-dom@18.2.0 webpack@5.75.0 webpack-cli@5.0.1 lodash@4.17.15 log4js@6.3.0 \
    axios@0.21.1 minimist@1.2.5 jest@29.5.0 eslint@8.40.0 typescript@5.0.4 @babel/core@7.21.8 @babel/preset-env@7.21.5 mongoose@5.13.3 \
    socket.io@4.5.0 aws-sdk@2.1300.0 moment@2.29.1 jsonwebtoken@8.5.1 ejs@3.1.6 handlebars@4.7.6 node-fetch@2.6.0 ws@7.4.5 sass@1.62.1 \
    gulp@4.0.2 mocha@10.2.0
}

# Debian's Java libraries, some hundreds of jars with what they depend on.
java_libraries() {
  install_of $(printf 'lib%s-java ' activemq asm aspectj batik bcpkix bcprov cglib commons-beanutils commons-cli commons-codec commons-collections3 \
    commons-collections4 commons-compress commons-configuration commons-configuration2 commons-csv commons-daemon commons-dbcp commons-dbcp2 \
    commons-digester commons-email commons-exec commons-fileupload commons-httpclient commons-io commons-jexl2 commons-jxpath commons-lang \
    commons-lang3 commons-logging commons-math commons-math3 commons-net commons-pool commons-pool2 commons-text commons-validator \
    commons-vfs derby dom4j fop guava h2 hibernate-validator hsqldb httpclient httpcore itext jackson2-annotations jackson2-core \
    jackson2-databind jackson2-dataformat-xml jaxb jaxen jdom1 jdom2 jetty9 joda-time json json-simple jsoup kryo log4j1.2 log4j2 logback \
    lucene8 mariadb maven3-core mina2 netty okhttp okio pdfbox plexus-archiver plexus-utils2 postgresql-jdbc protobuf quartz slf4j \
    spring-aop spring-beans spring-context spring-core spring-expression spring-jdbc spring-web spring-web-servlet stax tomcat9 \
    velocity-tools wagon-http woodstox xalan2 xerces2 xstream) antlr-java antlr3-runtime antlr4-runtime zookeeper libantlr-java \
    libantlr3-runtime-java libantlr4-runtime-java libzookeeper-java
}

# zstd_of NAME: the same image, its layers compressed by zstd. Stands for `from` in a recipe.
zstd_of() {
  skopeo copy --quiet --dest-compress --dest-compress-format zstd "oci:$CACHE/images/$1:latest" "oci:$layout:latest"
  cp -a "$CACHE/truth/$1/." "$truth/"
  rm -f "$truth/recipe"
  finish() { :; }
}
