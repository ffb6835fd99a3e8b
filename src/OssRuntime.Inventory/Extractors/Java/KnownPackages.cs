using System.Collections.Immutable;

namespace OssRuntime.Inventory.Extractors.Java;

/// <summary>
/// Packages of well-known publishers and the groups that they publish under in Maven Central, the longer packages first. Of <c>org/apache/NAME</c> the group is
/// <c>org.apache.NAME</c> where nothing else stands here.
/// </summary>
internal static class KnownPackages
{
    private static readonly string[] SpringProjects =
    [
        "boot", "security", "data", "cloud", "kafka", "amqp", "integration", "batch", "session", "ws", "webflow", "retry", "ldap", "hateoas", "vault", "graphql", "plugin",
        "shell", "statemachine", "restdocs", "modulith", "ai", "credhub", "pulsar", "mobile", "social", "roo",
    ];

    /// <summary>Group by package where the one is not the other.</summary>
    private static readonly (string Package, string Group)[] Plain =
    [
        ("org/apache/logging/log4j", "org.apache.logging.log4j"), ("org/apache/hc/client5", "org.apache.httpcomponents.client5"), ("org/apache/hc/core5", "org.apache.httpcomponents.core5"),
        ("org/apache/http", "org.apache.httpcomponents"), ("org/apache/xerces", "xerces"), ("org/apache/xalan", "xalan"), ("org/apache/xml/security", "org.apache.santuario"),
        ("org/apache/batik", "org.apache.xmlgraphics"), ("org/apache/fop", "org.apache.xmlgraphics"), ("org/apache/struts2", "org.apache.struts"), ("com/opensymphony/xwork2", "org.apache.struts"),
        ("org/apache/tools/ant", "org.apache.ant"), ("org/apache/bcel", "org.apache.bcel"), ("org/apache/axis2", "org.apache.axis2"), ("org/apache/commons/vfs2", "org.apache.commons"),
        ("org/bouncycastle", "org.bouncycastle"), ("kotlinx/coroutines", "org.jetbrains.kotlinx"), ("kotlinx/serialization", "org.jetbrains.kotlinx"), ("kotlin", "org.jetbrains.kotlin"),
        ("okhttp3", "com.squareup.okhttp3"), ("okio", "com.squareup.okio"), ("retrofit2", "com.squareup.retrofit2"), ("com/squareup/okhttp", "com.squareup.okhttp"),
        ("com/google/common", "com.google.guava"), ("com/google/gson", "com.google.code.gson"), ("com/google/protobuf", "com.google.protobuf"), ("com/google/inject", "com.google.inject"),
        ("com/google/api/client", "com.google.api-client"), ("com/google/oauth2", "com.google.auth"), ("com/google/crypto/tink", "com.google.crypto.tink"),
        ("com/fasterxml/jackson/dataformat", "com.fasterxml.jackson.dataformat"), ("com/fasterxml/jackson/datatype", "com.fasterxml.jackson.datatype"),
        ("com/fasterxml/jackson/module", "com.fasterxml.jackson.module"), ("com/fasterxml/jackson/jaxrs", "com.fasterxml.jackson.jaxrs"), ("com/fasterxml/jackson", "com.fasterxml.jackson.core"),
        ("com/fasterxml/woodstox", "com.fasterxml.woodstox"), ("com/ctc/wstx", "com.fasterxml.woodstox"), ("org/codehaus/jackson", "org.codehaus.jackson"), ("org/codehaus/stax2", "org.codehaus.woodstox"),
        ("org/codehaus/groovy", "org.codehaus.groovy"), ("org/codehaus/jettison", "org.codehaus.jettison"), ("org/codehaus/plexus", "org.codehaus.plexus"), ("org/codehaus/janino", "org.codehaus.janino"),
        ("ch/qos/logback", "ch.qos.logback"), ("org/slf4j", "org.slf4j"), ("org/yaml/snakeyaml", "org.yaml"), ("org/hibernate/validator", "org.hibernate.validator"), ("org/eclipse/jetty/websocket", "org.eclipse.jetty.websocket"),
        ("org/eclipse/jetty/http2", "org.eclipse.jetty.http2"), ("org/eclipse/jetty", "org.eclipse.jetty"), ("org/mortbay/jetty", "org.mortbay.jetty"), ("org/eclipse/jgit", "org.eclipse.jgit"),
        ("org/eclipse/paho", "org.eclipse.paho"), ("org/eclipse/parsson", "org.eclipse.parsson"), ("io/undertow", "io.undertow"), ("org/jboss/resteasy", "org.jboss.resteasy"), ("org/jboss/logging", "org.jboss.logging"),
        ("org/jboss/netty", "org.jboss.netty"), ("org/jboss/xnio", "org.jboss.xnio"), ("org/xnio", "org.jboss.xnio"), ("org/wildfly/security", "org.wildfly.security"), ("org/infinispan", "org.infinispan"),
        ("com/mysql/cj", "com.mysql"), ("com/mysql/jdbc", "mysql"), ("org/postgresql", "org.postgresql"), ("org/mariadb/jdbc", "org.mariadb.jdbc"), ("com/microsoft/sqlserver", "com.microsoft.sqlserver"),
        ("oracle/jdbc", "com.oracle.database.jdbc"), ("org/h2", "com.h2database"), ("org/hsqldb", "org.hsqldb"), ("com/mongodb", "org.mongodb"), ("org/bson", "org.mongodb"), ("redis/clients/jedis", "redis.clients"),
        ("io/lettuce", "io.lettuce"), ("reactor/netty", "io.projectreactor.netty"), ("reactor", "io.projectreactor"), ("io/reactivex/rxjava3", "io.reactivex.rxjava3"), ("io/reactivex", "io.reactivex.rxjava2"),
        ("rx", "io.reactivex"), ("scala", "org.scala-lang"), ("akka", "com.typesafe.akka"), ("play", "com.typesafe.play"), ("com/typesafe/config", "com.typesafe"), ("org/joda/time", "joda-time"),
        ("net/minidev", "net.minidev"), ("com/jayway/jsonpath", "com.jayway.jsonpath"), ("org/json", "org.json"), ("com/alibaba/fastjson2", "com.alibaba.fastjson2"), ("com/alibaba/fastjson", "com.alibaba"),
        ("com/alibaba/druid", "com.alibaba"), ("com/alibaba/nacos", "com.alibaba.nacos"), ("com/thoughtworks/xstream", "com.thoughtworks.xstream"), ("org/dom4j", "org.dom4j"), ("freemarker", "org.freemarker"),
        ("org/thymeleaf", "org.thymeleaf"), ("io/jsonwebtoken", "io.jsonwebtoken"), ("com/auth0/jwt", "com.auth0"), ("com/nimbusds", "com.nimbusds"), ("org/keycloak", "org.keycloak"), ("io/grpc", "io.grpc"),
        ("io/vertx", "io.vertx"), ("io/netty", "io.netty"), ("io/micrometer", "io.micrometer"), ("io/micronaut", "io.micronaut"), ("io/quarkus/qute", "io.quarkus.qute"), ("io/quarkus", "io.quarkus"), ("io/smallrye", "io.smallrye"),
        ("io/ktor", "io.ktor"), ("io/helidon", "io.helidon"), ("org/flywaydb", "org.flywaydb"), ("liquibase", "org.liquibase"), ("org/quartz", "org.quartz-scheduler"), ("net/sf/ehcache", "net.sf.ehcache"),
        ("com/hazelcast", "com.hazelcast"), ("org/jsoup", "org.jsoup"), ("org/owasp/esapi", "org.owasp.esapi"), ("org/owasp/validator", "org.owasp.antisamy"), ("com/rabbitmq", "com.rabbitmq"),
        ("org/glassfish/jersey", "org.glassfish.jersey.core"), ("org/glassfish/grizzly", "org.glassfish.grizzly"), ("com/sun/jersey", "com.sun.jersey"), ("com/sun/faces", "com.sun.faces"), ("com/zaxxer/hikari", "com.zaxxer"),
        ("com/mchange/v2/c3p0", "com.mchange"), ("org/xerial/snappy", "org.xerial.snappy"), ("org/sqlite", "org.xerial"), ("net/jpountz", "org.lz4"), ("com/github/luben/zstd", "com.github.luben"),
        ("com/amazonaws", "com.amazonaws"), ("software/amazon/awssdk", "software.amazon.awssdk"), ("software/amazon/ion", "software.amazon.ion"), ("org/python", "org.python"), ("org/mozilla/javascript", "org.mozilla"),
        ("bsh", "org.beanshell"), ("org/mvel2", "org.mvel"), ("ognl", "ognl"), ("org/jdom2", "org.jdom"), ("org/zeroturnaround/zip", "org.zeroturnaround"), ("com/lmax/disruptor", "com.lmax"),
        ("com/unboundid", "com.unboundid"), ("org/antlr", "org.antlr"), ("org/jolokia", "org.jolokia"), ("org/drools", "org.drools"), ("org/kie", "org.kie"), ("org/jenkinsci", "org.jenkins-ci"), ("hudson", "org.jenkins-ci.main"),
        ("org/asynchttpclient", "org.asynchttpclient"), ("com/ning/http", "com.ning"), ("com/caucho/hessian", "com.caucho"), ("com/esotericsoftware/kryo", "com.esotericsoftware"), ("com/itextpdf", "com.itextpdf"),
        ("com/lowagie", "com.lowagie"), ("net/lingala/zip4j", "net.lingala.zip4j"), ("com/jcraft/jsch", "com.jcraft"), ("net/schmizz/sshj", "com.hierynomus"), ("com/hierynomus", "com.hierynomus"), ("org/opensaml", "org.opensaml"),
        ("org/pac4j", "org.pac4j"), ("org/apereo/cas", "org.apereo.cas"), ("org/neo4j", "org.neo4j"), ("com/datastax", "com.datastax.cassandra"), ("com/couchbase", "com.couchbase.client"), ("org/rocksdb", "org.rocksdb"),
        ("com/graphql", "com.graphql-java"), ("graphql", "com.graphql-java"), ("com/puppycrawl", "com.puppycrawl.tools"), ("org/springdoc", "org.springdoc"), ("springfox", "io.springfox"), ("org/webjars", "org.webjars"),
        ("com/vaadin", "com.vaadin"), ("org/primefaces", "org.primefaces"), ("org/richfaces", "org.richfaces"), ("com/h3xstream", "com.h3xstream.findsecbugs"), ("org/apache/shiro", "org.apache.shiro"),
    ];

    /// <summary>All of them, in the order in which they are tried.</summary>
    public static ImmutableArray<(string Package, Func<string, string> Group)> All { get; } =
    [
        .. SpringProjects.Select(project => ($"org/springframework/{project}", (Func<string, string>)(_ => $"org.springframework.{project}"))),
        ("org/springframework", _ => "org.springframework"),
        .. new[] { "catalina", "coyote", "tomcat", "jasper", "naming", "juli" }.Select(part => (
            $"org/apache/{part}", (Func<string, string>)(artifact => artifact.StartsWith("tomcat-embed", StringComparison.Ordinal) ? "org.apache.tomcat.embed" : "org.apache.tomcat"))),
        ("org/apache/commons", artifact => KnownGroups.Of(artifact) ?? "org.apache.commons"),
        ("org/apache/log4j", artifact => artifact.StartsWith("log4j-", StringComparison.Ordinal) ? "org.apache.logging.log4j" : "log4j"),
        ("org/elasticsearch", artifact => artifact.Contains("client", StringComparison.Ordinal) && artifact.Contains("rest", StringComparison.Ordinal) ? "org.elasticsearch.client" : "org.elasticsearch"),
        ("org/opensearch", artifact => artifact.Contains("client", StringComparison.Ordinal) ? "org.opensearch.client" : "org.opensearch"),
        ("org/hibernate", artifact => artifact.StartsWith("hibernate-validator", StringComparison.Ordinal) ? "org.hibernate.validator" : "org.hibernate"),
        .. Plain.OrderByDescending(row => row.Package.Length).Select(row => (row.Package, (Func<string, string>)(_ => row.Group))),
    ];
}
