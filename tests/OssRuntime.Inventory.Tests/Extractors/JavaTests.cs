using System.Buffers.Binary;
using System.IO.Compression;
using OssRuntime.Inventory.Contents;
using OssRuntime.Inventory.Extractors.Java;
using OssRuntime.Testing.Images;
using static OssRuntime.Inventory.Tests.ImageReader;
using static OssRuntime.Testing.Images.ZipBuilder;

namespace OssRuntime.Inventory.Tests.Extractors;

public sealed class JavaTests
{
    private static readonly byte[] Core = Zip(Properties("org.apache.logging.log4j", "log4j-core", "2.14.1"));

    [Theory]
    [InlineData("app/log4j-core-2.14.1.jar")]
    [InlineData("app/LOG4J.JAR")]
    [InlineData("jenkins/plugins/x.jpi")]
    [InlineData("jenkins/plugins/x.hpi")]
    [InlineData("srv/app.war")]
    [InlineData("srv/app.ear")]
    public async Task Archives_of_every_kind_are_read(string path)
    {
        var component = Assert.Single((await ReadAsync(tar => tar.File(path, Core))).Components);

        Assert.Equal("pkg:maven/org.apache.logging.log4j/log4j-core@2.14.1", component.Purl.ToString());
        Assert.Equal(("org.apache.logging.log4j:log4j-core", "Maven", path), (component.Name, component.Ecosystem.ToString(), component.Location.Path));
    }

    [Fact]
    public async Task An_SBOM_in_a_jar_that_cannot_be_read_is_said()
    {
        var inventory = await ReadAsync(tar => tar.File("app/shop.jar", Zip(("META-INF/sbom/application.cdx.json", "{"u8.ToArray()))));

        Assert.Contains(inventory.Unknowns, unknown => unknown.Path == "app/shop.jar" && unknown.Reason.Contains("SBOM", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(CompressionLevel.NoCompression)]
    [InlineData(CompressionLevel.Optimal)]
    public async Task Archives_in_archives_are_read_to_any_depth(CompressionLevel level)
    {
        var war = Zip(level, ("WEB-INF/lib/log4j-core-2.14.1.jar", Core));
        var jar = Zip(level, Properties("org.example", "shop", "1.0"), ("BOOT-INF/lib/console.war", war), ("BOOT-INF/lib/log4j-core.jar", Core));

        var inventory = await ReadAsync(tar => tar.File("app/shop.jar", jar));

        Assert.Equal(
            [
                ("org.apache.logging.log4j:log4j-core", "app/shop.jar!/BOOT-INF/lib/console.war!/WEB-INF/lib/log4j-core-2.14.1.jar"),
                ("org.apache.logging.log4j:log4j-core", "app/shop.jar!/BOOT-INF/lib/log4j-core.jar"),
                ("org.example:shop", "app/shop.jar"),
            ],
            inventory.Components.Select(c => (c.Name, c.Location.Path)));
        Assert.Empty(inventory.Unknowns);
    }

    [Fact]
    public async Task Libraries_that_were_packed_into_a_jar_are_found_beside_the_jar_itself()
    {
        var shaded = Zip(Properties("com.google.guava", "guava", "30.0-jre"), Properties("org.ow2.asm", "asm", "9.1"));

        var inventory = await ReadAsync(tar => tar.File("app/everything-1.2.jar", shaded));

        Assert.Equal(["com.google.guava:guava 30.0-jre", "everything:everything 1.2", "org.ow2.asm:asm 9.1"], inventory.Names().Order());
    }

    [Theory]
    [InlineData("log4j-1.2-api.jar", "log4j-1.2-api")]
    [InlineData("guava-30.0-jre.jar", "guava")]
    [InlineData("anything.jar", "other")]
    public async Task A_jar_that_Maven_named_is_not_named_again_by_its_file(string file, string artifact) =>
        Assert.Single((await ReadAsync(tar => tar.File(file, Zip(Properties("g", artifact, "9"))))).Components);

    [Fact]
    public async Task Two_entries_of_one_name_are_both_read()
    {
        const string Name = "META-INF/maven/g/a/pom.xml";
        var inventory = await ReadAsync(tar => tar.File("app.jar", Zip(
            (Name, "<project><groupId>g</groupId><artifactId>shown</artifactId><version>1</version></project>"),
            (Name, "<project><groupId>g</groupId><artifactId>hidden</artifactId><version>2</version></project>"))));

        Assert.Equal(["g:hidden@2", "g:shown@1"], inventory.Components.Select(component => $"{component.Name}@{component.Version}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Properties_that_say_nothing_leave_the_word_to_the_pom()
    {
        var inventory = await ReadAsync(tar => tar.File("app.jar", Zip(
            ("META-INF/maven/g/a/pom.properties", "# nothing"),
            ("META-INF/maven/g/a/pom.xml", "<project><groupId>g</groupId><artifactId>a</artifactId><version>1</version></project>"))));

        Assert.Equal("g:a", Assert.Single(inventory.Components).Name);
    }

    [Fact]
    public async Task A_project_file_tells_what_the_properties_do_not()
    {
        const string Pom = """
            <?xml version="1.0"?>
            <project xmlns="http://maven.apache.org/POM/4.0.0">
              <parent><groupId>org.example</groupId><artifactId>parent</artifactId><version>3.1</version></parent>
              <artifactId>child</artifactId>
              <licenses><license><name>Apache-2.0</name></license><license><name>MIT</name></license></licenses>
              <dependencies><dependency><groupId>no</groupId><artifactId>no</artifactId><version>no</version></dependency></dependencies>
            </project>
            """;
        var component = Assert.Single((await ReadAsync(tar => tar.File("c.jar", Zip(("META-INF/maven/org.example/child/pom.xml", Pom))))).Components);

        Assert.Equal(("org.example:child", "3.1"), (component.Name, component.Version));
        Assert.Equal(["Apache-2.0", "MIT"], component.Licenses);
    }

    [Theory]
    [InlineData("commons-collections-3.2.1.jar", "", "commons-collections:commons-collections 3.2.1")]
    [InlineData("x/snake-case-1.0.jar", "", "snake-case:snake-case 1.0")]
    [InlineData("thing.jar", "Implementation-Version: 2.0\nImplementation-Vendor-Id: org.vendor\n", "org.vendor:thing 2.0")]
    [InlineData("thing-2.1.jar", "Bundle-SymbolicName: org.vendor.thing;singleton:=true\n", "org.vendor:thing 2.1")]
    [InlineData("thing.jar", "Bundle-Version: 2.2\nAutomatic-Module-Name: org.vendor.other\n", "org.vendor.other:thing 2.2")]
    [InlineData("thing.jar", "Bundle-SymbolicName: org.ven\n dor.thing\nBundle-Version: 1\n", "org.vendor:thing 1")]
    [InlineData("thing.jar", "", null)]
    [InlineData("thing.jar", "Implementation-Version: ${version}\n", null)]
    [InlineData("thing.jar", "Implementation-Version: built yesterday\n", null)]
    public async Task A_jar_without_Mavens_files_is_told_by_manifest_and_name(string file, string manifest, string? expected) =>
        Assert.Equal(
            expected is null ? [] : [expected],
            (await ReadAsync(tar => tar.File(file, Zip(("META-INF/MANIFEST.MF", "Manifest-Version: 1.0\n" + manifest + "\nName: later\nBundle-Version: 9\n"))))).Names());

    [Theory]
    [InlineData("guava-30.0-jre", "guava", "30.0-jre")]
    [InlineData("log4j-1.2-api-2.17.1", "log4j-1.2-api", "2.17.1")]
    [InlineData("jackson-core-2.13.4.1", "jackson-core", "2.13.4.1")]
    [InlineData("spring-core-5.3.0.RELEASE", "spring-core", "5.3.0.RELEASE")]
    [InlineData("netty-tcnative-2.0.1.Final-linux-x86_64", "netty-tcnative", "2.0.1.Final")]
    [InlineData("plexus-container-2.0-beta-9", "plexus-container", "2.0-beta-9")]
    [InlineData("app-1.0-SNAPSHOT", "app", "1.0-SNAPSHOT")]
    [InlineData("servlet-api-2.5-20081211", "servlet-api", "2.5-20081211")]
    [InlineData("bcprov-jdk15on-1.70", "bcprov-jdk15on", "1.70")]
    [InlineData("rt", "rt", null)]
    public void Names_are_split_where_the_version_begins(string name, string artifact, string? version)
    {
        var parsed = JarName.Parse($"app/{name}.jar");

        Assert.Equal((artifact, version), (parsed.Artifact, parsed.Version));
    }

    [Fact]
    public async Task A_script_before_the_archive_does_no_harm()
    {
        byte[] executable = [.. "#!/bin/sh\nexec java -jar \"$0\"\n"u8, .. Core];

        Assert.Single((await ReadAsync(tar => tar.File("app.jar", executable))).Components);
    }

    [Fact]
    public async Task Zip64_is_read()
    {
        // The end record says "look elsewhere", and a zip64 record and its locator stand before it.
        var end = Core.AsSpan(Core.Length - 22);
        var (size, offset) = (BinaryPrimitives.ReadUInt32LittleEndian(end[12..]), BinaryPrimitives.ReadUInt32LittleEndian(end[16..]));
        var record = new byte[56];
        BinaryPrimitives.WriteUInt32LittleEndian(record, 0x06064B50);
        BinaryPrimitives.WriteInt64LittleEndian(record.AsSpan(40), size);
        BinaryPrimitives.WriteInt64LittleEndian(record.AsSpan(48), offset);
        var locator = new byte[20];
        BinaryPrimitives.WriteUInt32LittleEndian(locator, 0x07064B50);
        BinaryPrimitives.WriteInt64LittleEndian(locator.AsSpan(8), Core.Length - 22);
        var last = end.ToArray();
        last.AsSpan(12, 8).Fill(0xFF);

        Assert.Single((await ReadAsync(tar => tar.File("a.jar", [.. Core[..^22], .. record, .. locator, .. last]))).Components);
    }

    [Fact]
    public async Task What_is_no_archive_is_told()
    {
        var inventory = await ReadAsync(tar => tar.File("a.jar", "no zip").File("b.jar", "").File("c.jar", Core[..^30]));

        Assert.Empty(inventory.Components);
        Assert.Equal(["a.jar", "b.jar", "c.jar"], inventory.Unknowns.Select(u => u.Path));
    }

    [Fact]
    public async Task A_directory_that_lies_is_told_and_never_followed_out_of_the_archive()
    {
        for (var i = 0; i < Core.Length; i++)
        {
            var damaged = Core.ToArray();
            damaged[i] ^= 0xFF;
            await ReadAsync(tar => tar.File("a.jar", damaged));
        }
    }

    [Fact]
    public async Task Archives_nested_without_end_are_told_and_what_lies_above_is_read()
    {
        var jar = Core;
        for (var i = 0; i < 12; i++)
        {
            jar = Zip(Properties("g", $"level{i}", "1"), ("inner.jar", jar));
        }

        var inventory = await ReadAsync(tar => tar.File("a.jar", jar));

        Assert.Equal(9, inventory.Components.Length);
        Assert.EndsWith("is nested more than 8 deep", Assert.Single(inventory.Unknowns).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_bomb_in_an_archive_is_told()
    {
        var bomb = Zip(("zeros.jar", new byte[8 << 20]), ("good.jar", Core));

        var image = new ImageBuilder().Layer(tar => tar.File("a.jar", bomb)).Build();
        var inventory = await ReadAsync(image, new ContentLimits { NestedBytes = 1 << 20 });

        Assert.Single(inventory.Components);
        Assert.Equal("'zeros.jar' could not be read: it holds more than 1048576 bytes", Assert.Single(inventory.Unknowns).Reason);
    }

    [Theory]
    [InlineData("<!DOCTYPE p [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]><project><artifactId>&b;</artifactId></project>")]
    [InlineData("<!DOCTYPE p SYSTEM \"file:///etc/passwd\"><project/>")]
    [InlineData("<project><artifactId>x")]
    [InlineData("not xml")]
    public async Task Entity_tricks_and_broken_XML_are_told(string pom)
    {
        var inventory = await ReadAsync(tar => tar.File("a.jar", Zip(("META-INF/maven/g/a/pom.xml", pom))));

        Assert.Empty(inventory.Components);
        Assert.Equal("'META-INF/maven/g/a/pom.xml' is not valid XML", Assert.Single(inventory.Unknowns).Reason);
    }

    [Fact]
    public async Task Large_archives_are_read_from_disk()
    {
        var noise = new byte[300_000];
        new Random(5).NextBytes(noise);
        var jar = Zip(("noise.bin", noise), ("inner.jar", Zip(("more.bin", noise), Properties("g", "inner", "1"))), Properties("g", "outer", "1"));
        using var directory = new TemporaryDirectory();

        var inventory = await ReadAsync(
            new ImageBuilder().Layer(tar => tar.File("a.jar", jar)).Build(),
            new ContentLimits { SpoolMemory = 1000, SpoolDirectory = directory.Path });

        Assert.Equal(["g:inner 1", "g:outer 1"], inventory.Names());
        Assert.Empty(Directory.GetFiles(directory.Path));
    }

    [Fact]
    public async Task Jars_of_the_distribution_are_owned_by_their_package()
    {
        var inventory = await ReadAsync(tar => tar
            .File("etc/os-release", DebianRelease)
            .File("var/lib/dpkg/status", Stanza("liblog4j2-java", "2.19"))
            .File("var/lib/dpkg/info/liblog4j2-java.list", "/usr/share/java/log4j-core.jar\n")
            .File("usr/share/java/log4j-core.jar", Zip(("inner.jar", Core))));

        Assert.StartsWith("pkg:deb/debian/liblog4j2-java@2.19", inventory.Component("org.apache.logging.log4j:log4j-core").OwnedBy, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("spring-tx-5.3.1.jar", "org/springframework/transaction/Tx.class", "Automatic-Module-Name: spring.tx", "org.springframework:spring-tx 5.3.1")]
    [InlineData("spring-boot-actuator-2.5.0.jar", "org/springframework/boot/actuate/A.class", "Automatic-Module-Name: spring.boot.actuator", "org.springframework.boot:spring-boot-actuator 2.5.0")]
    [InlineData("kafka-streams-3.1.0.jar", "org/apache/kafka/streams/K.class", "", "org.apache.kafka:kafka-streams 3.1.0")]
    [InlineData("lucene-join-8.1.0.jar", "org/apache/lucene/search/join/J.class", "", "org.apache.lucene:lucene-join 8.1.0")]
    [InlineData("bcpkix-jdk18on-1.70.jar", "org/bouncycastle/cert/X.class", "Bundle-SymbolicName: bcpkix\nAutomatic-Module-Name: org.bouncycastle.pkix", "org.bouncycastle:bcpkix-jdk18on 1.70")]
    [InlineData("okhttp-4.8.0.jar", "okhttp3/OkHttpClient.class", "Automatic-Module-Name: okhttp3", "com.squareup.okhttp3:okhttp 4.8.0")]
    [InlineData("kotlin-reflect-1.3.0.jar", "kotlin/reflect/R.class", "Implementation-Title: kotlin-reflect\nImplementation-Version: 1.3.0-release-1", "org.jetbrains.kotlin:kotlin-reflect 1.3.0")]
    [InlineData("tomcat-embed-el-9.0.1.jar", "org/apache/jasper/E.class", "Bundle-SymbolicName: org.apache.tomcat-embed-el", "org.apache.tomcat.embed:tomcat-embed-el 9.0.1")]
    [InlineData("elasticsearch-x-1.0.jar", "com/acme/search/A.class", "Automatic-Module-Name: com.acme.search", "com.acme.search:elasticsearch-x 1.0")]
    [InlineData("io.netty.netty-codec-4.1.0.Final.jar", "io/netty/codec/C.class", "", "io.netty:netty-codec 4.1.0.Final")]
    [InlineData("org.osgi.core-6.0.0.jar", "org/osgi/framework/F.class", "Bundle-SymbolicName: org.osgi.core", "org.osgi:org.osgi.core 6.0.0")]
    [InlineData("commons-collections-3.2.1.jar", "org/apache/commons/collections/C.class", "Implementation-Title: Apache Commons Collections\nImplementation-Version: 3.2.2", "commons-collections:commons-collections 3.2.2")]
    [InlineData("thing-1.0.redhat-1.jar", "org/example/T.class", "Implementation-Title: thing\nImplementation-Version: 1.0", "org.example:thing 1.0.redhat-1")]
    [InlineData("thing-1.0-sources.jar", "org/example/T.java", "", null)]
    [InlineData("thing-1.0-javadoc.jar", "org/example/T.html", "", null)]
    public async Task The_group_is_told_by_the_classes_where_Maven_wrote_nothing(string file, string entry, string manifest, string? expected)
    {
        var jar = Zip(("META-INF/MANIFEST.MF", $"Manifest-Version: 1.0\n{manifest}\n\n"), (entry, ""));

        var components = (await ReadAsync(tar => tar.File($"app/{file}", jar))).Components;

        Assert.Equal(expected is null ? [] : [expected], components.Select(c => $"{c.Name} {c.Version}"));
        Assert.All(components, c => Assert.NotNull(c.Evidence));
    }

    [Fact]
    public async Task Archives_of_NiFi_and_Karaf_are_read_and_tell_what_is_in_them()
    {
        var nar = Zip(("META-INF/MANIFEST.MF", "Nar-Id: flow-nar\nNar-Group: org.example\nNar-Version: 2.0\n\n"), ("META-INF/bundled-dependencies/log4j-core.jar", Core));
        var kar = Zip(("repository/org/example/left/1.4/left-1.4.jar", Zip(("a/B.class", ""))));

        var inventory = await ReadAsync(tar => tar.File("opt/flow-nar-2.0.nar", nar).File("opt/shop-1.0.kar", kar));

        Assert.Contains("org.example:flow-nar 2.0", inventory.Names());
        Assert.Contains("org.apache.logging.log4j:log4j-core 2.14.1", inventory.Names());
        Assert.Contains("org.example:left 1.4", inventory.Names());
    }

    private static (string Name, object Content) Properties(string group, string artifact, string version) =>
        ($"META-INF/maven/{group}/{artifact}/pom.properties", $"#Generated\n#date\nversion={version}\r\ngroupId={group}\r\nartifactId={artifact}\r\n");
}
