using System.Text;
using OssRuntime.Inventory.Tests.Extractors;
using OssRuntime.Inventory.Tests.Extractors.Programs;
using OssRuntime.Testing.Images;

namespace OssRuntime.Inventory.Tests.Fuzzing;

/// <summary>Sound files, at least one for every extractor, that the fuzzer spoils.</summary>
internal static class FuzzSeeds
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<(string Path, byte[] Content)> All { get; } = [.. Binaries(), .. Texts().Select(t => (t.Path, Encoding.UTF8.GetBytes(t.Content)))];

    private static IEnumerable<(string Path, byte[] Content)> Binaries()
    {
        yield return ("var/lib/rpm/rpmdb.sqlite", TestFile.Unzip("Rpm/rpmdb.sqlite"));
        yield return ("var/lib/rpm/Packages", TestFile.Unzip("Rpm/Packages"));
        yield return ("usr/lib/sysimage/rpm/Packages", TestFile.Unzip("Rpm/Packages-inline"));
        yield return ("var/lib/rpm/Packages.db", RpmTests.Ndb(RpmTests.Headers()));
        yield return ("var/lib/rpm/rpmdb.sqlite-wal", [1]);
        yield return ("nix/var/nix/db/db.sqlite", TestFile.Unzip("Rpm/rpmdb.sqlite"));
        yield return ("app/go", ProgramFiles.GoProgram());
        yield return ("app/old-go", ProgramFiles.OldGoProgram("go1.16.5", ProgramFiles.Modules));
        yield return ("app/go.exe", ProgramFiles.Pe((".text", false, new byte[600]), (".data", true, ProgramFiles.GoInfo("go1.21.3", ProgramFiles.Modules))));
        yield return ("app/mac", ProgramFiles.Mach("__go_buildinfo", ProgramFiles.GoInfo("go1.20", ProgramFiles.Modules)));
        yield return ("app/rust", new ElfBuilder().Data(new byte[100]).Section(".dep-v0", ProgramFiles.Audit("""{"packages":[{"name":"a","version":"1.0.0","source":"crates.io"}]}""")).Build());
        yield return ("app/native", NativeImageTests.Program());
        yield return (".yarn/cache/x-npm-1.0.0-0123456789-abcdef.zip", ZipBuilder.Zip(("node_modules/x/package.json", """{"name":"x","version":"1.0.0"}""")));
        yield return ("usr/share/python-wheels/x-1.0-py3-none-any.whl", ZipBuilder.Zip(("x-1.0.dist-info/METADATA", "Metadata-Version: 2.1\nName: x\nVersion: 1.0\n\n")));
        yield return ("app/bundle", DotNetTests.Bundle(6));
        yield return ("usr/sbin/nginx", "\u007fELF\u0002\u0001 nginx version: nginx/1.25.3\0"u8.ToArray());
        yield return ("usr/local/bin/haproxy", "#!/x\0002.8.3-86e043a\0002023/09/07\0HAProxy version\0"u8.ToArray());
        yield return ("var/lib/chisel/manifest.wall", ChiselTests.Manifest(
            """{"jsonwall":"1.0","schema":"1.0","count":2}""",
            """{"kind":"package","name":"libc6","version":"2.39-0ubuntu8","arch":"amd64"}""",
            """{"kind":"content","slice":"libc6_libs","path":"/usr/lib/node_modules/x/package.json"}"""));
        yield return ("app/x.dll", File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "System.CommandLine.dll") is var dll && File.Exists(dll) ? dll : typeof(FuzzSeeds).Assembly.Location));
        yield return ("app/lib/x.jar", ZipBuilder.Zip(
            ("META-INF/MANIFEST.MF", "Manifest-Version: 1.0\nImplementation-Title: x\nImplementation-Version: 1.0\n"),
            ("META-INF/maven/g/a/pom.properties", "groupId=g\nartifactId=a\nversion=1.0\n"),
            ("META-INF/maven/g/a/pom.xml", "<project><groupId>g</groupId><artifactId>a</artifactId><version>1.0</version></project>"),
            ("BOOT-INF/lib/b-1.0.jar", ZipBuilder.Zip(("META-INF/MANIFEST.MF", "Manifest-Version: 1.0\n")))));
    }

    private static IEnumerable<(string Path, string Content)> Texts()
    {
        foreach (var record in OtherLanguageTests.Records)
        {
            yield return (record.Data.Item1, record.Data.Item2);
        }

        yield return ("etc/os-release", ImageReader.DebianRelease);
        yield return ("etc/redhat-release", "CentOS Linux release 7.9.2009 (Core)\n");
        yield return ("var/lib/dpkg/status", ImageReader.Stanza("a", "1") + ImageReader.Stanza("b", "2", "Source: c (3)\n"));
        yield return ("var/lib/dpkg/info/a.list", "/.\n/usr\n/usr/lib/node_modules/x/package.json\n");
        yield return ("usr/share/doc/a/copyright", "Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/\n\nFiles: *\nLicense: GPL-2+ or MIT\n text\n");
        yield return ("usr/share/doc/b/copyright", "On Debian systems see /usr/share/common-licenses/GPL-2.\n");
        yield return ("root/.m2/repository/g/a/1.0/_remote.repositories", "#NOTE: This is a Maven Resolver internal implementation file.\na-1.0.jar>central=\na-1.0.pom>central=\n");
        yield return ("lib/apk/db/installed", "P:musl\nV:1.2.3-r4\nA:x86_64\nL:MIT\no:musl\nF:usr/lib/node_modules/x\nR:package.json\n\n");
        yield return ("var/lib/rpmmanifest/container-manifest-2", "filesystem\t1.1-20.cm2\t1\t1\tMicrosoft\t(none)\t1\tx86_64\t0\tfilesystem-1.1-20.cm2.src.rpm\n");
        yield return ("var/lib/pacman/local/zlib-1:1.3-1/desc", "%NAME%\nzlib\n\n%VERSION%\n1:1.3-1\n\n%ARCH%\nx86_64\n");
        yield return ("var/lib/pacman/local/zlib-1:1.3-1/files", "%FILES%\nusr/\nusr/lib/libz.so.1\n");
        yield return ("usr/lib/opkg/status", "Package: a\nVersion: 1\nStatus: install user installed\n\n");
        yield return ("node_modules/x/package.json", """{"name":"x","version":"1.0.0","license":{"type":"MIT"},"licenses":["MIT",{"type":"X"}]}""");
        yield return ("app/node_modules/.package-lock.json", """{"packages":{"node_modules/x":{"version":"1.0.0","resolved":"https://r.example/x.tgz"}}}""");
        yield return ("usr/lib/python3/six-1.dist-info/METADATA", "Metadata-Version: 2.1\nName: six\nVersion: 1.16.0\nLicense: MIT\nClassifier: License :: OSI Approved\n\ntext\n");
        yield return ("usr/lib/python3/six-1.dist-info/direct_url.json", """{"url":"https://example.com/six","vcs_info":{"vcs":"git"}}""");
        yield return ("usr/include/node/node_version.h", "#define NODE_MAJOR_VERSION 20\n#define NODE_MINOR_VERSION 11\n#define NODE_PATCH_VERSION 1\n");
        yield return ("usr/include/python3.11/patchlevel.h", "#define PY_VERSION \"3.11.4\"\n");
        yield return ("app/x.deps.json", """{"targets":{"t":{"a/1.0":{"runtime":{"lib/a.dll":{}}}}},"libraries":{"a/1.0":{"type":"package"},"p/1.0":{"type":"project"}}}""");
        yield return ("app/vendor/bundle/ruby/3.2.0/bundler/gems/x-0123456789ab/x.gemspec", "Gem::Specification.new do |s|\n  s.version = X::VERSION\nend\n");
        yield return ("app/go.mod", "module example.com/x\n");
        yield return ("root/.nuget/packages/a/1.0/.nupkg.metadata", """{"version":2,"source":"https://example.com"}""");
        yield return ("opt/bitnami/x/.spdx-x.spdx", """{"spdxVersion":"SPDX-2.3","SPDXID":"SPDXRef-DOCUMENT","name":"x","packages":[{"SPDXID":"SPDXRef-a","name":"a","versionInfo":"1.0","externalRefs":[{"referenceCategory":"PACKAGE-MANAGER","referenceType":"purl","referenceLocator":"pkg:generic/a@1.0"}]}]}""");
    }
}
