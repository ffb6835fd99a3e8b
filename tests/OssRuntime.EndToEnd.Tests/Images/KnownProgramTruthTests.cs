using System.IO.Compression;
using System.Text.RegularExpressions;
using OssRuntime.Inventory;
using OssRuntime.Inventory.RootFileSystems;
using OssRuntime.Stage.Processes;

namespace OssRuntime.EndToEnd.Tests.Images;

/// <summary>
/// The table of known programs against real ones: Debian's packages, unpacked and not installed, so that no package manager answers for them. Each tells the version
/// that its package's changelog has.
/// </summary>
public sealed partial class KnownProgramTruthTests
{
    /// <summary>Packages, and the programs of the table that are in them.</summary>
    private static readonly (string Package, string Program)[] Programs =
    [
        ("nginx", "nginx"), ("apache2-bin", "httpd"), ("haproxy", "haproxy"), ("lighttpd", "lighttpd"),
        ("varnish", "varnish"), ("squid", "squid"), ("redis-tools", "redis"), ("memcached", "memcached"),
        ("pgbouncer", "pgbouncer"), ("mosquitto", "mosquitto"), ("unbound", "unbound"), ("dnsmasq-base", "dnsmasq"),
        ("proftpd-core", "proftpd"), ("slapd", "openldap"), ("keepalived", "keepalived"), ("openvpn", "openvpn"),
        ("openssh-client", "openssh"), ("tor", "tor"), ("bind9", "bind"), ("dovecot-core", "dovecot"),
        ("busybox-static", "busybox"), ("toybox", "toybox"), ("bash", "bash"), ("curl", "curl"),
        ("wget", "wget"), ("git", "git"), ("openssl", "openssl"), ("gpg", "gnupg"),
        ("rsync", "rsync"), ("xz-utils", "xz"), ("zstd", "zstd"), ("util-linux", "util-linux"),
        ("tar", "tar"), ("sudo", "sudo"), ("tini", "tini"), ("dumb-init", "dumb-init"),
        ("jq", "jq"), ("libssl3", "openssl"), ("libcurl4", "libcurl"), ("zlib1g", "zlib"),
        ("libexpat1", "expat"), ("libc6", "glibc"), ("musl", "musl"), ("libsqlite3-0", "sqlite"),
        ("libavutil57", "ffmpeg"), ("libqt5core5a", "qtbase"), ("libmagickcore-6.q16-6", "imagemagick"), ("libruby3.1", "ruby"),
        ("python3.11-minimal", "python"), ("perl-base", "perl"), ("erlang-base", "erlang"), ("elixir", "elixir"),
        ("lua5.4", "lua"), ("mariadb-server-core", "mariadb"), ("postgresql-15", "postgresql"),
    ];

    [Fact]
    public async Task Programs_of_Debian_tell_the_versions_of_their_packages()
    {
        var packages = Programs.Select(p => $"{p.Package}/bookworm").Distinct(StringComparer.Ordinal).ToList();
        var root = (await Tool.RunScriptAsync("Debian/archive.sh", packages, Console.Error, TestContext.Current.CancellationToken)).Trim();
        var inventory = await new ImageIndexer(new InventoryOptions { Mode = InventoryMode.Layers }, null, TimeProvider.System)
            .IndexAsync(new RootFileSystem(root), null, TestContext.Current.CancellationToken);

        var wrong = new List<string>();
        foreach (var (package, program) in Programs)
        {
            var version = VersionOf(root, package);
            var found = inventory.Components.Where(c => c.Purl.Type == "generic" && c.Name == program).Select(c => c.Version.Replace('-', '.')).Distinct().ToList();
            if (!found.Contains(version, StringComparer.Ordinal))
            {
                wrong.Add($"{program} of {package} is {version}, found: {(found.Count == 0 ? "nothing" : string.Join(' ', found))}");
            }
        }

        Assert.Empty(wrong);
    }

    /// <summary>The upstream part of the version that the package's changelog begins with.</summary>
    private static string VersionOf(string root, string package)
    {
        var folder = Path.Combine(root, "usr/share/doc", package);
        var file = new[] { "changelog.Debian.gz", "changelog.gz" }.Select(name => Path.Combine(folder, name)).First(File.Exists);
        using var reader = new StreamReader(new GZipStream(File.OpenRead(file), CompressionMode.Decompress));
        return Upstream().Match(reader.ReadLine()!).Groups["version"].Value;
    }

    [GeneratedRegex(@"\((?:[0-9]+:)?(?<version>[0-9][0-9A-Za-z.]*?)(?:\.dfsg[^)]*|[+~-][^)]*)?\)", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Upstream();
}
