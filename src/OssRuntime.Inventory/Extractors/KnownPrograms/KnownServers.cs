using System.Collections.Immutable;

namespace OssRuntime.Inventory.Extractors.KnownPrograms;

/// <summary>What others connect to.</summary>
internal static class KnownServers
{
    public static ImmutableArray<KnownProgram> All { get; } =
    [
        new("openresty", "openresty:openresty", ["nginx", "openresty"], ["nginx version: openresty/%v"]),
        new("tengine", "alibaba:tengine", ["nginx"], ["Tengine version: Tengine/%v"]),
        new("angie", "webserver:angie", ["angie"], ["Angie version: Angie/%v"]),
        new("nginx", "f5:nginx", ["nginx"], ["nginx version: nginx/%v"]),
        new("httpd", "apache:http_server", ["httpd", "apache2"], ["Apache/%v"]),
        new("haproxy", "haproxy:haproxy", ["haproxy"], ["HA-Proxy version %v", "version %v, released 20", "%v-%h%*HAProxy version", "%0%v-%d%0%*HAProxy version"]),
        new("lighttpd", "lighttpd:lighttpd", ["lighttpd"], ["%0lighttpd/%v%0"]),
        new("envoy", "envoyproxy:envoy", ["envoy"], ["%0<1.%v>%0%*envoy_reloadable_features", "envoy_quic_%*%0<1.%v>%0", "%0<1.%v>%0%*Unable to", "%0<1.%v>%0%*ValidationError"]),
        new("varnish", "varnish-software:varnish_cache", ["varnishd"], ["varnish-%v revision"]),
        new("squid", "squid-cache:squid", ["squid"], ["%0squid/%v%0", "%0Squid/%v", "%0<5.%v>%0", "%0<6.%v>%0"]),
        new("traefik", "traefik:traefik", ["traefik"], ["traefik/version.Version=%v", "pkg/version.Version=v%v", "pkg/version.Version=%v"]),
        new("redis", "redis:redis", ["redis-server", "redis-check-rdb"], ["%vbuildkitsandbox-", "Redis version %v", "%0<6.%d.%d>%0", "%0<7.%d.%d>%0", "%0<8.%d.%d>%0"]),
        new("valkey", "lfprojects:valkey", ["valkey-server"], ["%vbuildkitsandbox-", "%0<7.2.%d>%0", "%0<8.%d.%d>%0", "%0<9.%d.%d>%0"]),
        new("keydb", "snap:keydb", ["keydb-server"], ["KeyDB version %v", "%0<6.%d.%d>%0"]),
        new("memcached", "memcached:memcached", ["memcached"], ["memcached %v", "STAT version %v", "VERSION %v", "%0<1.%v>%0"]),
        new("percona-xtradb-cluster", "percona:xtradb_cluster", ["mysqld"], ["/Percona-XtraDB-Cluster-%v"]),
        new("percona-server", "percona:percona_server", ["mysqld", "mysql"], ["/percona-server-%v"]),
        new("mariadb", "mariadb:mariadb", ["mariadbd", "mariadb", "mysqld", "mysql"], ["%v-MariaDB", "/mariadb-%v", "mysql/mariadb-%v-"]),
        new("mysql", "oracle:mysql", ["mysqld", "mysql"], ["/mysql-%v", "%0%v%0mysql", "%0mysqld-%v"]),
        new("postgresql", "postgresql:postgresql", ["postgres"], ["PostgreSQL %v (", "PostgreSQL %v on "]),
        new("pgbouncer", "pgbouncer:pgbouncer", ["pgbouncer"], ["PgBouncer %v"]),
        new("mongodb", "mongodb:mongodb", ["mongod", "mongos"], ["%v%0tcmalloc", "%v%0heap_size", "%v%0cppdefines"]),
        new("arangodb", "arangodb:arangodb", ["arangod", "arangosh"], ["%v [linux]", "%v enterprise [linux]"]),
        new("consul", "hashicorp:consul", ["consul"], ["CONSUL_VERSION: %v", "GitDescribe=%v\"", "GitDescribe=v%v\""]),
        new("vault", "hashicorp:vault", ["vault"], ["revoke%v", "index_state%v"]),
        new("grafana", "grafana:grafana", ["grafana", "grafana-server"], ["%0release-%v%0"]),
        new("fluent-bit", "treasuredata:fluent_bit", ["fluent-bit"], ["%0%v%0%*Fluent Bit"]),
        new("mosquitto", "eclipse:mosquitto", ["mosquitto"], ["%0<2.%v>%0", "%0<1.%v>%0"]),
        new("unbound", "nlnetlabs:unbound", ["unbound"], ["unbound %v"]),
        new("dnsmasq", "thekelleys:dnsmasq", ["dnsmasq"], ["dnsmasq-%v", "dnsmasq version %v"]),
        new("proftpd", "proftpd:proftpd", ["proftpd"], ["ProFTPD Version %v", "ProFTPD %v"]),
        new("openldap", "openldap:openldap", ["slapd", "ldapsearch"], ["$OpenLDAP: slapd %v", "$OpenLDAP: ldapsearch %v"]),
        new("keepalived", "keepalived:keepalived", ["keepalived"], ["Keepalived v%v"]),
        new("openvpn", "openvpn:openvpn", ["openvpn"], ["%0<2.%v>%0"]),
        new("openssh", "openbsd:openssh", ["sshd", "ssh"], ["OpenSSH_<%vp%d>", "OpenSSH_%v"]),
        new("tor", "torproject:tor", ["tor"], ["(on Tor %v", "(tor %v)"]),
        new("bind", "isc:bind", ["named"], ["libisc-%v"]),
        new("dovecot", "dovecot:dovecot", ["dovecot"], ["Dovecot v%v"]),
        new("istio", "istio:istio", ["pilot-agent", "pilot-discovery"], ["version.buildVersion=%v", "buildVersion=%v"]),
        new("caddy", "caddyserver:caddy", ["caddy"], ["github.com/caddyserver/caddy/v2\tv%v"]),
        new("etcd", "etcd:etcd", ["etcd", "etcdctl", "etcdutl"], ["go.etcd.io/etcd/server/v3\tv%v", "go.etcd.io/etcd/api/v3\tv%v", "go.etcd.io/etcd/v3\tv%v"]),
        new("coredns", "coredns.io:coredns", ["coredns"], ["CoreDNS-%v"]),
    ];
}
