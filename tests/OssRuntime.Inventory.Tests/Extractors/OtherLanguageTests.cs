using OssRuntime.Model.Inventories;
using OssRuntime.Model.Packages;

namespace OssRuntime.Inventory.Tests.Extractors;

/// <summary>Records of package managers, cut down from what the tools write.</summary>
public sealed class OtherLanguageTests
{
    private const string Gemspec = """
        # -*- encoding: utf-8 -*-
        # stub: rake 13.0.6 ruby lib

        Gem::Specification.new do |s|
          s.name = "rake".freeze
          s.version = "13.0.6"
          s.required_ruby_version = Gem::Requirement.new(">= 2.2".freeze)
          s.licenses = ["MIT".freeze, "Ruby"]
          s.rubygems_version = "3.3.5".freeze
          s.add_development_dependency(%q<minitest>.freeze, ["~> 5"])
        end
        """;

    /// <summary>Path, content, purl.</summary>
    public static TheoryData<string, string, string> Records => new()
    {
        { "usr/local/lib/ruby/gems/3.2.0/specifications/rake-13.0.6.gemspec", Gemspec, "pkg:gem/rake@13.0.6" },
        { "usr/local/lib/ruby/gems/3.2.0/specifications/default/json-2.6.3.gemspec", "Gem::Specification.new do |s|\n  s.version = '2.6.3'\n  s.name = 'json'\nend\n", "pkg:gem/json@2.6.3" },
        { "var/www/vendor/composer/installed.json", """{"packages":[{"name":"symfony/console","version":"v5.4.21","license":["MIT"],"dist":{"type":"zip","url":"https://api.example.com/z"}}],"dev":false}""", "pkg:composer/symfony/console@v5.4.21" },
        { "app/vendor/composer/installed.json", """[{"name":"psr/log","version":"1.1.4"}]""", "pkg:composer/psr/log@1.1.4" },
        { "usr/local/lib/php/.registry/.channel.pecl.php.net/redis.reg", """a:23:{s:7:"attribs";a:6:{}s:4:"name";s:5:"redis";s:7:"channel";s:12:"pecl.php.net";s:7:"version";a:2:{s:7:"release";s:5:"6.0.2";s:3:"api";s:5:"6.0.0";}}""", "pkg:pear/pecl.php.net/redis@6.0.2" },
        { "var/www/html/wp-includes/version.php", "<?php\n/**\n * @global string $wp_version\n */\n$wp_version = '6.4.2';\n", "pkg:generic/wordpress@6.4.2" },
        { "var/www/html/wp-content/plugins/akismet/akismet.php", "<?php\n/*\nPlugin Name: Akismet Anti-spam\nVersion: 5.3\n*/\n", "pkg:generic/wordpress-plugin-akismet@5.3" },
        { "opt/conda/conda-meta/numpy-1.26.2-py311h24aa872_0.json", """{"build":"py311h24aa872_0","channel":"https://repo.example.com/pkgs/main/linux-64","name":"numpy","version":"1.26.2","license":"BSD-3-Clause","url":"https://repo.example.com/numpy.conda"}""", "pkg:conda/numpy@1.26.2" },
        { "usr/local/lib/R/site-library/dplyr/DESCRIPTION", "Type: Package\nPackage: dplyr\nVersion: 1.1.4\nLicense: MIT + file LICENSE\nDescription: A\n    fast: tool\nBuilt: R 4.3.2; x86_64; 2023-11-17; unix\n", "pkg:cran/dplyr@1.1.4" },
        { "app/lib/phoenix-1.7.10/ebin/phoenix.app", "{application,phoenix,\n             [{description,\"Web\"},{modules,['Elixir.Phoenix']},\n              {vsn,\"1.7.10\"}]}.\n", "pkg:hex/phoenix@1.7.10" },
        { "opt/rabbitmq/plugins/rabbit-3.12.10/ebin/rabbit.app", "{application, 'rabbit', [{description, \"RabbitMQ\"},\n\t{vsn, \"3.12.10\"}]}.", "pkg:generic/rabbitmq@3.12.10" },
        { "usr/local/lib/erlang/releases/26/OTP_VERSION", "26.1.2\n", "pkg:generic/erlang@26.1.2" },
        { "usr/local/lib/luarocks/rocks-5.1/lua-cjson/2.1.0.10-1/rock_manifest", "rock_manifest = {}", "pkg:luarocks/lua-cjson@2.1.0.10-1" },
        { "app/pubspec.lock", "packages:\n  path:\n    dependency: \"direct main\"\n    description:\n      name: path\n      url: \"https://pub.dev\"\n    source: hosted\n    version: \"1.8.3\"\n  flutter:\n    dependency: \"direct main\"\n    source: sdk\n    version: \"0.0.0\"\nsdks:\n  dart: \">=3.0.0\"\n", "pkg:pub/path@1.8.3" },
        { "app/Package.resolved", """{"pins":[{"identity":"swift-nio","kind":"remoteSourceControl","location":"https://github.com/apple/swift-nio.git","state":{"revision":"abc","version":"2.62.0"}}],"version":2}""", "pkg:swift/github.com/apple/swift-nio@2.62.0" },
        { "src/Package.resolved", """{"object":{"pins":[{"package":"Yams","repositoryURL":"https://github.com/jpsim/Yams.git","state":{"branch":null,"version":"5.0.1"}}]},"version":1}""", "pkg:swift/github.com/jpsim/Yams@5.0.1" },
        { "app/cabal.project.freeze", "active-repositories: hackage.haskell.org:merge\nconstraints: any.aeson ==2.1.0.0,\n             aeson +ordered-keymap\n", "pkg:hackage/aeson@2.1.0.0" },
        { "app/stack.yaml.lock", "packages:\n- completed:\n    hackage: acme-missiles-0.3@sha256:2ba66a092a32593880a87fb00f3213762d7bca65a687d45965778deb8694c5d1,613\n", "pkg:hackage/acme-missiles@0.3" },
        { "app/conan.lock", """{"version":"0.5","requires":["zlib/1.3#52b3a19a69d4b7c4bd5c8fa0ba4bf5b2%1701335283.18"],"build_requires":["cmake/3.28.1#1"]}""", "pkg:conan/zlib@1.3" },
        { "src/conan.lock", """{"graph_lock":{"nodes":{"0":{"path":"conanfile.txt"},"1":{"ref":"openssl/3.1.4@conan/stable#0"}}},"version":"0.4"}""", "pkg:conan/openssl@3.1.4" },
        { "usr/local/lib/perl5/site_perl/5.38.2/x86_64-linux-gnu/.meta/JSON-XS-4.03/install.json", """{"dist":"JSON-XS-4.03","name":"JSON::XS","pathname":"M/ML/MLEHMANN/JSON-XS-4.03.tar.gz","version":"4.03","provides":{"JSON::XS":{"file":"XS.pm","version":"4.03"}}}""", "pkg:cpan/MLEHMANN/JSON-XS@4.03" },
        { "usr/local/lib/x86_64-linux-gnu/perl/5.36.0/perllocal.pod", "=head2 Mon Jan  1 10:00:00 2024: C<Module> L<Try::Tiny|Try::Tiny>\n\n=over 4\n\n=item *\n\nC<LINKTYPE: dynamic>\n\n=item *\n\nC<VERSION: 0.30>\n\n=back\n\n=head2 Tue Jan  2 10:00:00 2024: C<Module> L<Try::Tiny|Try::Tiny>\n\n=over 4\n\n=item *\n\nC<VERSION: v0.31>\n\n=back\n", "pkg:generic/cpan/Try-Tiny@0.31" },
        { "root/.julia/environments/v1.10/Manifest.toml", "# This file is machine-generated\njulia_version = \"1.10.0\"\nmanifest_format = \"2.0\"\n\n[[deps.JSON]]\ndeps = [\"Dates\"]\ngit-tree-sha1 = \"31e996f0a15c7b280ba9f76636b3ff9e2ae58c9a\"\nuuid = \"682c06a0-de6a-54ab-a142-c8b1cf79cde6\"\nversion = \"0.21.4\"\n\n    [deps.JSON.extensions]\n    X = \"Y\"\n\n[[deps.Dates]]\nuuid = \"ade2ca70-3891-5945-98fb-dc099432e06a\"\n", "pkg:julia/JSON@0.21.4?uuid=682c06a0-de6a-54ab-a142-c8b1cf79cde6" },
        { "app/Manifest.toml", "[[Example]]\nuuid = \"7876af07-990d-54b4-ab0e-23690620f79a\"\nversion = \"0.5.3\"\n", "pkg:julia/Example@0.5.3?uuid=7876af07-990d-54b4-ab0e-23690620f79a" },
        { "app/Gemfile.lock", "PATH\n  remote: .\n  specs:\n    shop (0.1.0)\n\nGEM\n  remote: https://rubygems.org/\n  specs:\n    nokogiri (1.15.4-x86_64-linux)\n      racc (~> 1.4)\n\nPLATFORMS\n  x86_64-linux\n\nDEPENDENCIES\n  nokogiri\n\nBUNDLED WITH\n   2.4.10\n", "pkg:gem/nokogiri@1.15.4" },
        { "usr/local/lib/elixir/lib/elixir/ebin/elixir.app", "{application,elixir,[{description,\"elixir\"},{vsn,\"1.15.7\"}]}.", "pkg:generic/elixir@1.15.7" },
        { "opt/ghc/lib/package.conf.d/aeson-2.1.2.1-abc.conf", "name:            aeson\nversion:\n    2.1.2.1\nlicense:         BSD-3-Clause\nexposed: True\n", "pkg:hackage/aeson@2.1.2.1" },
        { "var/www/html/wp-content/plugins/hello.php", "<?php\n/**\n * Plugin Name: Hello Dolly\n * Version: 1.7.2\n */\n", "pkg:generic/wordpress-plugin-hello@1.7.2" },
        { "opt/java/openjdk/release", "IMPLEMENTOR=\"Eclipse Adoptium\"\nJAVA_VERSION=\"17.0.9\"\nJAVA_VERSION_DATE=\"2023-10-17\"\n", "pkg:generic/temurin@17.0.9" },
    };

    [Theory]
    [MemberData(nameof(Records))]
    public async Task A_record_tells_its_package(string path, string content, string purl)
    {
        var inventory = await ReadAsync(tar => tar.File(path, content));

        var component = Assert.Single(inventory.Components);
        Assert.Equal((purl, path), (component.Purl.ToString(), component.Location.Path));
        Assert.Empty(inventory.Unknowns);
    }

    [Theory]
    [MemberData(nameof(Records))]
    public async Task A_record_that_breaks_off_anywhere_costs_only_itself(string path, string content, string purl)
    {
        for (var length = 0; length < content.Length; length += Math.Max(1, content.Length / 12))
        {
            var inventory = await ReadAsync(tar => tar.File(path, content[..length]).File("node_modules/x/package.json", """{"name":"x","version":"1.0.0"}"""));

            Assert.Contains("x 1.0.0", inventory.Names());
            Assert.All(inventory.Components.Where(c => c.Name != "x"), c => Assert.StartsWith(purl[..purl.IndexOf('@', StringComparison.Ordinal)][..5], c.Purl.ToString(), StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task Licences_and_origins_are_kept()
    {
        var inventory = await ReadAsync(tar => tar
            .File("usr/lib/ruby/gems/3.2.0/specifications/rake-13.0.6.gemspec", Gemspec)
            .File("var/www/vendor/composer/installed.json", """{"packages":[{"name":"a/b","version":"1","license":["MIT","GPL-2.0-only"],"source":{"url":"https://git.example.com/b"}}]}"""));

        Assert.Equal(["MIT", "Ruby"], inventory.Component("rake").Licenses);
        Assert.Equal(["MIT", "GPL-2.0-only"], inventory.Component("a/b").Licenses);
        Assert.Equal("https://git.example.com/b", inventory.Component("a/b").Origin);
    }

    [Fact]
    public async Task Files_beside_the_records_are_none()
    {
        var inventory = await ReadAsync(tar => tar
            .File("usr/lib/ruby/gems/3.2.0/gems/rake-13.0.6/rake.gemspec", Gemspec)
            .File("usr/lib/R/library/base/DESCRIPTION", "Package: base\nVersion: 4.3.2\n")
            .File("var/www/html/wp-content/plugins/akismet/views/start.php", "<?php\n/*\nPlugin Name: x\nVersion: 1\n*/")
            .File("var/www/html/wp-content/plugins/akismet/wrapper.php", "<?php echo 1;")
            .File("usr/local/lib/erlang/lib/kernel-9.1/ebin/kernel.app", "{application,kernel,[{vsn,\"9.1\"}]}.")
            .File("etc/release", "SOMETHING=\"else\"\n"));

        Assert.Empty(inventory.Components);
        Assert.Empty(inventory.Unknowns);
    }

    [Fact]
    public async Task Packages_of_Arch_Linux_tell_what_they_own()
    {
        var inventory = await ReadAsync(tar => tar
            .File("etc/os-release", "ID=arch\nBUILD_ID=rolling\nPRETTY_NAME=\"Arch Linux\"\n")
            .File("var/lib/pacman/local/nodejs-tools-1:1.3.1-1/desc", "%NAME%\nnodejs-tools\n\n%VERSION%\n1:1.3.1-1\n\n%BASE%\ntools\n\n%ARCH%\nx86_64\n\n%LICENSE%\nZlib\n\n%PACKAGER%\nSomebody\n")
            .File("var/lib/pacman/local/nodejs-tools-1:1.3.1-1/files", "%FILES%\nusr/\nusr/lib/node_modules/x/package.json\n\n%BACKUP%\netc/x\tabc\n")
            .File("usr/lib/node_modules/x/package.json", """{"name":"x","version":"1.0.0"}"""));

        var tools = inventory.Component("nodejs-tools");
        Assert.Equal("pkg:alpm/arch/nodejs-tools@1:1.3.1-1?arch=x86_64&distro=arch", tools.Purl.ToString());
        Assert.Equal((new SourcePackage("tools", "1:1.3.1-1"), ComponentType.OsPackage), (tools.Source!, tools.Type));
        Assert.Equal(tools.Purl.ToString(), inventory.Component("x").OwnedBy);
    }

    [Fact]
    public async Task Packages_of_OpenWrt_tell_what_they_own()
    {
        var inventory = await ReadAsync(tar => tar
            .File("etc/os-release", "ID=\"openwrt\"\nVERSION_ID=\"23.05.2\"\n")
            .File("usr/lib/opkg/status", "Package: node-x\nVersion: 1.0-1\nStatus: install user installed\nArchitecture: x86_64\n\nPackage: gone\nVersion: 1\nStatus: deinstall user not-installed\n\n")
            .File("usr/lib/opkg/info/node-x.list", "/usr/lib/node_modules/x/package.json\n")
            .File("usr/lib/node_modules/x/package.json", """{"name":"x","version":"1.0.0"}"""));

        Assert.Equal("pkg:opkg/openwrt/node-x@1.0-1?arch=x86_64&distro=openwrt-23.05.2", inventory.Component("node-x").Purl.ToString());
        Assert.NotNull(inventory.Component("x").OwnedBy);
        Assert.Equal(2, inventory.Components.Length);
    }

    [Fact]
    public async Task A_Nix_store_tells_its_packages_by_its_database()
    {
        using var directory = new Testing.Images.TemporaryDirectory();
        var path = Path.Combine(directory.Path, "db.sqlite");
        await using (var database = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={path};Pooling=False"))
        {
            await database.OpenAsync(TestContext.Current.CancellationToken);
            await using var command = database.CreateCommand();
            command.CommandText = "create table ValidPaths (id integer primary key autoincrement not null, path text unique not null, hash text not null);"
                + string.Concat(Enumerable.Range(0, 400).Select(i => $"insert into ValidPaths (path, hash) values ('/nix/store/{new string('a', 32)}-lib-tool-{i}.2', '{new string('h', 200)}');"))
                + $"insert into ValidPaths (path, hash) values ('/nix/store/{new string('b', 32)}-builder.sh', 'x'), ('/nix/store/{new string('c', 32)}-hello-2.12.1.drv', 'x');";
            await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }

        var inventory = await ReadAsync(tar => tar.File("etc/os-release", "ID=nixos\n").File("nix/var/nix/db/db.sqlite", File.ReadAllBytes(path)));

        Assert.Equal(400, inventory.Components.Length);
        Assert.Contains("pkg:nix/lib-tool@399.2", inventory.Components.Select(c => c.Purl.ToString()));
        Assert.Empty(inventory.Unknowns);
    }

    private static Task<ComponentInventory> ReadAsync(params Action<Testing.Images.TarBuilder>[] layers) => ImageReader.ReadAsync(layers);
}
