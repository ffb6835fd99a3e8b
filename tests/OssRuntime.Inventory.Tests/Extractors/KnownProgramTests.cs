using System.Text;
using OssRuntime.Inventory.Extractors.KnownPrograms;
using OssRuntime.Inventory.Tests.Extractors.Programs;
using OssRuntime.Model.Inventories;
using OssRuntime.Model.Packages;

namespace OssRuntime.Inventory.Tests.Extractors;

public sealed class KnownProgramTests
{
    private const int Executable = 0b111_101_101;

    /// <summary>Name, path, what stands in the file around the version, the version.</summary>
    public static TheoryData<string, string, string, string> Samples => new()
    {
        { "node", "usr/local/bin/node", "\u0000node.js/v20.11.1\u0000", "20.11.1" },
        { "deno", "usr/bin/deno", ";Deno/1.41.0\u0000", "1.41.0" },
        { "bun", "usr/local/bin/bun", "Bun/1.0.25 ", "1.0.25" },
        { "pypy", "opt/pypy/bin/libpypy3.10-c.so", "3.10.13 (fc59e61cfbff, Jan 17 2024)\n[PyPy 7.3.15 with GCC 10.2.1]\u0000", "7.3.15" },
        { "python", "usr/local/lib/libpython3.12.so.1.0", "\u00003.11.9\u0000\u00003.12.1\u0000", "3.12.1" },
        { "python", "usr/local/bin/python3.11", "\u00003.11.4+\u0000\u00003.11.4\u0000", "3.11.4" },
        { "ruby", "usr/local/bin/ruby", "\u0000ruby 3.2.1 (2023-02-08 revision 31819e82c8) [x86_64-linux]\u0000", "3.2.1" },
        { "ruby", "usr/local/lib/libruby.so.2.7", "\u0000ruby 2.7.7p221 (2022-11-24 revision 168ec2b1e5)\u0000", "2.7.7" },
        { "php", "usr/local/bin/php", "\u0000X-Powered-By: PHP/8.2.14\u0000", "8.2.14" },
        { "perl", "usr/local/bin/perl", "\u0000/usr/local/lib/perl5/5.38.2/x86_64-linux-gnu\u0000", "5.38.2" },
        { "erlang", "usr/local/lib/erlang/erts-13.2/bin/beam.smp", "\u0000/usr/src/otp_src_25.3.2.6/erts/emulator\u0000", "25.3.2.6" },
        { "erlang", "usr/local/lib/erlang/erts-14/bin/beam.smp", "\u0000\u000026.1.2\u0000\u0000\u0000\u0000Erlang/OTP\u0000", "26.1.2" },
        { "elixir", "usr/local/bin/elixir", "#!/bin/sh\nset -e\nELIXIR_VERSION=1.16.0-rc.1\n", "1.16.0-rc.1" },
        { "dart", "usr/lib/dart/bin/dart", "Dart,GC\"\u00003.5.2 (stable) (Wed Aug 28 10:01:20 2024 +0000) on \"linux_x64\"\u0000", "3.5.2" },
        { "julia", "usr/local/julia/lib/julia/libjulia-internal.so.1.9", "__init__\u00001.9.4\u0000verify\u0000", "1.9.4" },
        { "lua", "usr/bin/lua5.4", "\u0000Lua 5.4.6  Copyright (C) 1994-2023 Lua.org\u0000", "5.4.6" },
        { "luajit", "usr/local/openresty/luajit/bin/luajit", "\u0000LuaJIT 2.1.0-beta3\u0000", "2.1.0-beta3" },
        { "swipl", "usr/lib/libswipl.so.9", "/usr/lib/swipl-9.1.22/\u0000", "9.1.22" },
        { "rust", "usr/local/rustup/lib/libstd-a5a48102fbd58791.so", "/rustc-1.75.0/library/core\u0000", "1.75.0" },
        { "ghc", "opt/ghc/9.4.7/bin/ghc", "\u0000GHC 9.4.7\u0000", "9.4.7" },
        { "openresty", "usr/local/openresty/nginx/sbin/nginx", "\u0000nginx version: openresty/1.21.4.1\u0000", "1.21.4.1" },
        { "tengine", "usr/sbin/nginx", "\u0000Tengine version: Tengine/3.1.0\u0000", "3.1.0" },
        { "angie", "usr/sbin/angie", "\u0000Angie version: Angie/1.4.1\u0000", "1.4.1" },
        { "nginx", "usr/sbin/nginx", "\u0000nginx version: nginx/1.25.3\u0000", "1.25.3" },
        { "httpd", "usr/local/apache2/bin/httpd", "\u0000Apache/2.4.58 (Unix)\u0000", "2.4.58" },
        { "haproxy", "usr/local/sbin/haproxy", "\u0000HA-Proxy version 1.8.30-6f9e4d9 2021/04/12\u0000", "1.8.30" },
        { "haproxy", "usr/local/sbin/haproxy", "\u00002.8.3-86e043a\u00002023/09/07\u0000Server: \u0000HAProxy version %s %s\u0000", "2.8.3" },
        { "lighttpd", "usr/sbin/lighttpd", "\u0000lighttpd/1.4.73\u0000", "1.4.73" },
        { "envoy", "usr/local/bin/envoy", "\u0000RELEASE\u00001.36.4\u0000BoringSSL\u0000envoy_reloadable_features_x\u0000", "1.36.4" },
        { "varnish", "usr/sbin/varnishd", "\u0000varnish-7.4.2 revision cd1d10ab53a6f6115b2b4f3f2a1da94c1f749f80\u0000", "7.4.2" },
        { "squid", "usr/sbin/squid", "\u0000squid/5.7\u0000", "5.7" },
        { "traefik", "usr/local/bin/traefik", "-X github.com/traefik/traefik/v2/pkg/version.Version=2.10.7 ", "2.10.7" },
        { "redis", "usr/local/bin/redis-server", "A7.0.14buildkitsandbox-1702957741000000000", "7.0.14" },
        { "redis", "usr/local/bin/redis-server", "\u0000\u00007.2.4\u0000", "7.2.4" },
        { "valkey", "usr/local/bin/valkey-server", "valkey9.0.0buildkitsandbox-1764887574000000000", "9.0.0" },
        { "keydb", "usr/local/bin/keydb-server", "Server started, KeyDB version 6.3.4\u0000", "6.3.4" },
        { "memcached", "usr/local/bin/memcached", "\u0000memcached 1.6.22\u0000", "1.6.22" },
        { "percona-xtradb-cluster", "usr/sbin/mysqld", "/usr/src/Percona-XtraDB-Cluster-8.0.35/sql\u0000", "8.0.35" },
        { "percona-server", "usr/sbin/mysqld", "/mnt/percona-server-8.0.36-28/sql/mysqld.cc\u0000", "8.0.36" },
        { "mariadb", "usr/sbin/mariadbd", "\u000010.6.15-MariaDB-1:10.6.15+maria~ubu2004\u0000", "10.6.15" },
        { "mysql", "usr/sbin/mysqld", "/export/home/pb2/build/sb_0-2678/release/mysql-8.0.36/sql/mysqld.cc\u0000", "8.0.36" },
        { "postgresql", "usr/lib/postgresql/16/bin/postgres", "\u0000PostgreSQL 9.1 and older\u0000PostgreSQL 16.1 (Debian 16.1-1.pgdg120+1) on x86_64-pc-linux-gnu\u0000", "16.1" },
        { "pgbouncer", "usr/bin/pgbouncer", "\u0000PgBouncer 1.21.0\u0000", "1.21.0" },
        { "mongodb", "usr/bin/mongod", "\u00007.0.28\u0000heap_size\u0000", "7.0.28" },
        { "arangodb", "usr/sbin/arangod", "\u00003.11.5 [linux]\u0000", "3.11.5" },
        { "consul", "bin/consul", "GitDescribe=v1.12.9\"", "1.12.9" },
        { "vault", "bin/vault", "revoke1.15.4secret", "1.15.4" },
        { "grafana", "usr/share/grafana/bin/grafana", "\u0000\u0000release-12.3.1\u0000\u0000", "12.3.1" },
        { "fluent-bit", "fluent-bit/bin/fluent-bit", "\u00003.0.2\u0000%sFluent Bit v%s\u0000", "3.0.2" },
        { "mosquitto", "usr/sbin/mosquitto", "\u0000mosquitto version %s\u0000\u00002.0.18\u0000", "2.0.18" },
        { "unbound", "usr/sbin/unbound", "\u0000unbound 1.19.0\u0000", "1.19.0" },
        { "dnsmasq", "usr/sbin/dnsmasq", "\u0000dnsmasq-2.90\u0000", "2.90" },
        { "proftpd", "usr/local/sbin/proftpd", "\u0000ProFTPD Version 1.3.8b\u0000", "1.3.8b" },
        { "openldap", "usr/sbin/slapd", "\u0000@(#) $OpenLDAP: slapd 2.6.6 (Dec 5 2023)\u0000", "2.6.6" },
        { "keepalived", "usr/sbin/keepalived", "\u0000Keepalived v2.2.8 (04/04,2023)\u0000", "2.2.8" },
        { "openvpn", "usr/sbin/openvpn", "removed in OpenVPN 2.7.\u00002.6.8\u0000", "2.6.8" },
        { "openssh", "usr/sbin/sshd", "\u0000OpenSSH_9.6p1\u0000", "9.6p1" },
        { "tor", "usr/bin/tor", " (on Tor 0.4.8.10 )\u0000", "0.4.8.10" },
        { "bind", "usr/sbin/named", "\u0000libisc-9.18.24.so\u0000", "9.18.24" },
        { "dovecot", "usr/sbin/dovecot", "Dovecot v2.3.21 (47349e2482) starting up\u0000", "2.3.21" },
        { "istio", "usr/local/bin/pilot-agent", "-X istio.io/istio/pkg/version.buildVersion=1.20.1 ", "1.20.1" },
        { "caddy", "usr/bin/caddy", "mod\tcaddy\t(devel)\t\ndep\tgithub.com/caddyserver/caddy/v2\tv2.7.6\th1:x\n", "2.7.6" },
        { "etcd", "usr/local/bin/etcd", "path\tgo.etcd.io/etcd/server/v3\ndep\tgo.etcd.io/etcd/api/v3\tv3.5.11\th1:x\n", "3.5.11" },
        { "coredns", "coredns", "CoreDNS-1.11.1\u0000", "1.11.1" },
        { "busybox", "bin/busybox", "BusyBox v1.36.1 (2023-11-07 18:53:09 UTC)\u0000", "1.36.1" },
        { "toybox", "bin/toybox", "\u0000toybox 0.8.10\u0000", "0.8.10" },
        { "toybox", "bin/toybox", "\u00000.8.9\u0000toybox wget/0.8./type\u0000", "0.8.9" },
        { "redis", "usr/bin/redis-check-rdb", "\u00007.0.15\u0000\u00007.0.0\u0000", "7.0.15" },
        { "bash", "bin/bash", "\u0000@(#)Bash version 5.2.15(1) release GNU\u0000", "5.2.15" },
        { "curl", "usr/bin/curl", "\u0000curl/8.5.0\u0000", "8.5.0" },
        { "wget", "usr/bin/wget", "\u0000Wget/%s\u0000\u00001.21.4\u0000", "1.21.4" },
        { "git", "usr/bin/git", "\u0000git/2.43.0\u0000", "2.43.0" },
        { "vim", "usr/bin/vim", "\u0000VIM - Vi IMproved 9.1 (2024 Jan 02)\u0000", "9.1" },
        { "libressl", "usr/bin/openssl", "\u0000LibreSSL 3.8.2\u0000", "3.8.2" },
        { "openssl", "usr/bin/openssl", "\u0000OpenSSL 1.1.1w  11 Sep 2023\u0000", "1.1.1w" },
        { "gnupg", "usr/bin/gpg", "\u0000gpg (GnuPG) 2.4.4\u0000", "2.4.4" },
        { "rsync", "usr/bin/rsync", "\u00003.2.7\u0000", "3.2.7" },
        { "xz", "usr/bin/xz", "\u0000xz (XZ Utils) 5.4.5\u0000", "5.4.5" },
        { "zstd", "usr/bin/zstd", "\u0000v1.5.5\u0000", "1.5.5" },
        { "util-linux", "usr/bin/getopt", "\u0000util-linux 2.39.3\u0000", "2.39.3" },
        { "tar", "bin/tar", "\u0000GNU tar\u0000Copyright\u0000\u00001.35\u0000", "1.35" },
        { "sudo", "usr/bin/sudo", "\u0000Sudo version %s\n\u0000\u00001.9.15p5\u0000", "1.9.15p5" },
        { "tini", "sbin/tini", "tini version 0.19.0 - git.de40ad0\u0000", "0.19.0" },
        { "dumb-init", "usr/bin/dumb-init", "dumb-init v%.*s\u00001.2.5\n", "1.2.5" },
        { "ffmpeg", "usr/local/bin/ffmpeg", "\u0000%s version 7.1.1\u0000", "7.1.1" },
        { "chrome", "opt/google/chrome/chrome", "\u0000127.0.6533.119\u0000Default\u0000", "127.0.6533.119" },
        { "gcc", "usr/local/bin/gcc", "GCC: (GNU) 13.2.0\u0000", "13.2.0" },
        { "composer", "usr/bin/composer", "#!/usr/bin/env php\n<?php 'pretty_version' => '2.7.1',", "2.7.1" },
        { "wp-cli", "usr/local/bin/wp", "#!/usr/bin/env php\nwp-cli/wp-cli 2.9.0", "2.9.0" },
        { "percona-xtrabackup", "usr/bin/xtrabackup", "/tmp/percona-xtrabackup-8.0.35-30/storage\u0000", "8.0.35" },
        { "cabal", "root/.ghcup/bin/cabal", "\u0000Cabal-3.10.2.0-inplace\u0000", "3.10.2.0" },
        { "stack", "root/.local/bin/stack", "Version 2.13.1, Git revision 8102bd", "2.13.1" },
        { "jq", "usr/bin/jq", "\u00001.7.1\u0000", "1.7.1" },
        { "sqlite", "usr/bin/sqlite3", "\u0000SQLite version 3.44.2 2023-11-24\u0000", "3.44.2" },
        { "openssl", "usr/lib/libcrypto.so.3", "\u0000OpenSSL 3.1.4 24 Oct 2023\u0000", "3.1.4" },
        { "libcurl", "usr/lib/libcurl.so.4.8.0", "\u0000libcurl/8.5.0\u0000", "8.5.0" },
        { "zlib", "lib/libz.so.1.3", " inflate 1.3.1 Copyright 1995-2024 Mark Adler \u0000", "1.3.1" },
        { "expat", "usr/lib/libexpat.so.1.8.10", "\u0000expat_2.5.0\u0000", "2.5.0" },
        { "glibc", "lib/x86_64-linux-gnu/libc.so.6", "GNU C Library (Ubuntu GLIBC 2.35-0ubuntu3.6) stable release version 2.35.\n", "2.35" },
        { "musl", "lib/ld-musl-x86_64.so.1", "musl libc (x86_64)\nVersion %s\u0000\u00001.2.4\u0000", "1.2.4" },
        { "sqlite", "usr/lib/libsqlite3.so.0.8.6", "\u00003.44.2\u0000", "3.44.2" },
        { "ffmpeg", "usr/lib/libavcodec.so.60", "\u0000FFmpeg version 6.1.1\u0000", "6.1.1" },
        { "qtbase", "usr/lib/libQt6Core.so.6", "\u0000Qt 6.5.0 (x86_64-little_endian-lp64 shared release build)\u0000", "6.5.0" },
        { "imagemagick", "usr/lib/libMagickCore-7.Q16HDRI.so.10", "\u0000ImageMagick 7.1.1-26 Q16-HDRI x86_64\u0000", "7.1.1-26" },
    };

    [Theory]
    [MemberData(nameof(Samples))]
    public async Task A_program_tells_its_version_from_the_middle_of_its_constants(string name, string path, string text, string version)
    {
        var program = new ElfBuilder().ReadOnly([.. Noise(70_000), .. Encoding.Latin1.GetBytes(text), .. Noise(70_000)]).Data(new byte[5000]).Build();

        var component = Assert.Single((await ReadAsync(tar => tar.File(path, program, Executable))).Components);

        Assert.Equal(($"pkg:generic/{name}@{version}", path), (component.Purl.ToString(), component.Location.Path));
        Assert.StartsWith("cpe:2.3:a:", component.Cpe, StringComparison.Ordinal);
        Assert.EndsWith($":{version}:*:*:*:*:*:*:*", component.Cpe, StringComparison.Ordinal);
    }

    [Fact]
    public void The_table_has_at_least_sixty_programs_and_each_has_a_sample()
    {
        Assert.InRange(KnownProgramCatalog.All.Length, 60, 1000);
        Assert.Empty(KnownProgramCatalog.All.Select(p => p.Name).Except(Samples.Select(s => s.Data.Item1)));
    }

    [Fact]
    public void Each_pattern_has_enough_literal_text_to_be_searched_for_and_is_a_pattern()
    {
        Assert.All(
            KnownProgramCatalog.All.SelectMany(p => p.Searches),
            search =>
            {
                Assert.InRange(search.Anchor.Length, 2, 100);
                Assert.Null(search.Match("nothing"u8, ""));
            });
    }

    [Theory]
    [InlineData(65_536 - 30)]
    [InlineData(65_536 - 10)]
    [InlineData(65_536 - 2)]
    [InlineData((65_536 * 2) - 4096 - 12)]
    [InlineData(300_000)]
    public async Task A_version_across_the_edge_of_a_window_is_not_cut_off(int place)
    {
        byte[] file = [.. "#!"u8, .. Noise(place - 2), .. "nginx version: nginx/1.25.13\0"u8, .. Noise(9000)];

        Assert.Equal("1.25.13", (await ReadAsync(tar => tar.File("usr/sbin/nginx", file, Executable))).Component("nginx").Version);
    }

    [Fact]
    public async Task A_file_of_another_name_or_without_the_text_is_nothing()
    {
        var nginx = "\u007fELF nginx version: nginx/1.25.13\0"u8.ToArray();
        var inventory = await ReadAsync(tar => tar
            .File("usr/sbin/other", nginx, Executable)
            .File("usr/share/doc/nginx", nginx)
            .File("usr/sbin/nginx", "#!/bin/sh\nexec /opt/nginx \"$@\"\n", Executable)
            .File("usr/bin/python3.11", "\0\u0033.12.1\0", Executable));

        Assert.Empty(inventory.Components);
        Assert.Empty(inventory.Unknowns);
    }

    [Fact]
    public async Task Another_program_in_the_place_of_one_tells_its_own_name()
    {
        var inventory = await ReadAsync(
            tar => tar.File("usr/sbin/mysqld", "\0mysqld  Ver 10.6.15-MariaDB for Linux\0"u8.ToArray(), Executable).File("opt/nginx", "x"u8.ToArray(), Executable));

        Assert.Equal(["mariadb 10.6.15"], inventory.Names());
    }

    [Fact]
    public async Task A_runtime_that_tells_its_version_itself_is_not_told_a_second_time_by_its_headers()
    {
        var inventory = await ReadAsync(tar => tar
            .File("usr/local/bin/node", "#!node.js/v20.11.1\0", Executable)
            .File("usr/local/include/node/node_version.h", "#define NODE_MAJOR_VERSION 20\n#define NODE_MINOR_VERSION 11\n#define NODE_PATCH_VERSION 1\n"));

        Assert.Equal(("usr/local/bin/node", ComponentType.Runtime), (inventory.Component("node").Location.Path, inventory.Component("node").Type));
    }

    [Fact]
    public async Task A_program_of_the_distribution_is_its_package_and_nothing_else()
    {
        var inventory = await ReadAsync(tar => tar
            .SymbolicLink("bin", "usr/bin")
            .File("etc/os-release", ImageReader.DebianRelease)
            .File("var/lib/dpkg/status", ImageReader.Stanza("bash", "5.2.15-2"))
            .File("var/lib/dpkg/info/bash.list", "/bin/bash\n")
            .File("usr/bin/bash", "@(#)Bash version 5.2.15(1) release GNU", Executable)
            .File("opt/bash", "@(#)Bash version 4.4.20(1) release GNU", Executable));

        Assert.Equal(["bash 4.4.20", "bash 5.2.15-2"], inventory.Names().Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Text_made_to_be_tried_without_end_ends()
    {
        var hostile = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("1.1.1.1.1.1-aaaaaaa HAProxy version ", 60_000)));

        var inventory = await ReadAsync(tar => tar.File("usr/sbin/haproxy", hostile, Executable));

        Assert.InRange(inventory.Components.Length, 0, 1);
    }

    /// <summary>Letters that no pattern has.</summary>
    private static byte[] Noise(int length)
    {
        var noise = new byte[length];
        new Random(length).NextBytes(noise);
        for (var i = 0; i < length; i++)
        {
            noise[i] = (byte)('q' + (noise[i] % 5));
        }

        return noise;
    }

    private static Task<ComponentInventory> ReadAsync(params Action<Testing.Images.TarBuilder>[] layers) => ImageReader.ReadAsync(layers);
}
