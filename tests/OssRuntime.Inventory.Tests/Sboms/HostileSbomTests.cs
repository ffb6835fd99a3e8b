using System.Text;
using OssRuntime.Inventory.Contents;
using OssRuntime.Inventory.Sboms;

namespace OssRuntime.Inventory.Tests.Sboms;

public sealed class HostileSbomTests
{
    private const string Good = """{"type":"library","name":"good","version":"1","purl":"pkg:npm/good@1"}""";

    [Fact]
    public void Nesting_ten_thousand_deep_hides_nothing_that_stands_beside_it()
    {
        var deep = string.Concat(Enumerable.Repeat("[", 10_000)) + string.Concat(Enumerable.Repeat("]", 10_000));

        var document = Sbom.Read($$"""{"bomFormat":"CycloneDX","x-deep":{{deep}},"components":[{"type":"library","name":"bad","x":{{deep}}},{{Good}}]}""");

        Assert.Equal(["pkg:npm/good@1"], document.Purls());
        Assert.False(document.IsPartial);
    }

    [Fact]
    public void Components_inside_components_are_followed_so_far_and_the_rest_is_said()
    {
        var nested = new StringBuilder("""{"bomFormat":"CycloneDX","components":[""");
        for (var i = 0; i < 10_000; i++)
        {
            nested.Append($$"""{"type":"library","name":"n{{i}}","version":"1","purl":"pkg:npm/n{{i}}@1","components":[""");
        }

        nested.Insert(nested.Length, "]}", 10_000).Append($",{Good}]}}");

        var document = Sbom.Read(nested.ToString());

        Assert.Equal(65, document.Components.Length);
        Assert.Contains("pkg:npm/good@1", document.Purls());
        Assert.Equal(["components hold components more than 64 deep"], document.Reasons());
    }

    [Fact]
    public void A_document_that_breaks_off_keeps_what_was_read_and_says_so()
    {
        var document = Sbom.Read($$"""{"bomFormat":"CycloneDX","components":[{{Good}},{"type":"lib""");

        Assert.Equal(["pkg:npm/good@1"], document.Purls());
        Assert.True(document.IsPartial);
        Assert.StartsWith("it is not valid JSON from line 1, byte ", Assert.Single(document.Reasons()), StringComparison.Ordinal);
        Assert.EndsWith("; 1 components were read before", document.Reasons()[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Every_prefix_of_a_real_document_ends_in_a_result()
    {
        foreach (var name in (string[])["trivy.cdx.json", "trivy.spdx.json", "trivy.spdx", "npm.spdx.json"])
        {
            var content = File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Sboms", "testdata", name));
            var before = 0;
            for (var length = 0; length < content.Length; length += 7)
            {
                var document = Sbom.Read(content[..length]);
                Assert.True(document.Components.Length >= before - 1, $"{name} cut at {length}");
                before = document.Components.Length;
            }

            Assert.InRange(before, 3, 5);
        }
    }

    [Fact]
    public void Five_hundred_megabytes_are_read_in_little_memory()
    {
        // A licence text in each component: what makes real documents large.
        var text = new string('x', 1 << 20);
        var filler = """{"type":"library","name":"same","version":"1","purl":"pkg:npm/same@1","licenses":[{"license":{"name":"L","text":{"content":"TEXT"}}}]},"""
            .Replace("TEXT", text, StringComparison.Ordinal);
        using var stream = new RepeatedStream("""{"bomFormat":"CycloneDX","components":["""u8.ToArray(), Encoding.UTF8.GetBytes(filler), 500, Encoding.UTF8.GetBytes($"{Good}]}}"));
        var before = GC.GetAllocatedBytesForCurrentThread();

        var document = SbomReader.Read(stream, "bom", new SbomLimits(), TestContext.Current.CancellationToken);

        Assert.Equal(["pkg:npm/good@1", "pkg:npm/same@1"], document.Purls());
        Assert.False(document.IsPartial);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 16 << 20);
    }

    [Fact]
    public void A_document_beyond_the_limit_of_bytes_is_read_up_to_it()
    {
        using var stream = new RepeatedStream(Encoding.UTF8.GetBytes($$"""{"bomFormat":"CycloneDX","components":[{{Good}},"""), "{\"type\":\"file\"},"u8.ToArray(), 1_000_000, []);

        var document = SbomReader.Read(stream, "bom", new SbomLimits { DocumentBytes = 1 << 20 }, TestContext.Current.CancellationToken);

        Assert.Equal(["pkg:npm/good@1"], document.Purls());
        Assert.Equal(["it has more than 1048576 bytes; 1 components were read before"], document.Reasons());
    }

    [Fact]
    public void A_value_without_end_ends_the_reading()
    {
        using var json = new RepeatedStream(Encoding.UTF8.GetBytes($$"""{"bomFormat":"CycloneDX","components":[{{Good}}],"x":" """), new byte[1 << 20].Select(_ => (byte)'x').ToArray(), 64, []);
        using var attribute = new RepeatedStream("<bom xmlns='http://cyclonedx.org/schema/bom/1.6'><x a='"u8.ToArray(), new byte[1 << 20].Select(_ => (byte)'>').ToArray(), 64, []);
        using var cdata = new RepeatedStream("<bom xmlns='http://cyclonedx.org/schema/bom/1.6'><x><![CDATA["u8.ToArray(), new byte[1 << 20].Select(_ => (byte)'<').ToArray(), 64, []);

        Assert.All((Stream[])[json, attribute, cdata], stream =>
        {
            var document = SbomReader.Read(stream, "bom", new SbomLimits(), TestContext.Current.CancellationToken);
            Assert.StartsWith("a value has more than 16777216 bytes", Assert.Single(document.Reasons()), StringComparison.Ordinal);
        });
    }

    [Fact]
    public void More_components_than_the_limit_are_left_out_and_said()
    {
        var many = string.Join(',', Enumerable.Range(0, 50).Select(i => $$"""{"type":"library","name":"n{{i:00}}","version":"1","purl":"pkg:npm/n{{i:00}}@1"}"""));

        var document = Sbom.Read($$"""{"bomFormat":"CycloneDX","components":[{{many}}]}""", new SbomLimits { Components = 20 });

        Assert.Equal(20, document.Components.Length);
        Assert.Equal(["it names more than 20 components; 20 components were read before"], document.Reasons());
    }

    [Fact]
    public void Dependencies_in_a_circle_hold_nobody_up()
    {
        var document = Sbom.Read($$"""
            {"bomFormat":"CycloneDX","dependencies":[{"ref":"a","dependsOn":["b"]},{"ref":"b","dependsOn":["a","b"]}],"components":[{{Good}}]}
            """);

        Assert.Equal(["pkg:npm/good@1"], document.Purls());
        Assert.Empty(document.Unknowns);
    }

    [Theory]
    [InlineData("<!DOCTYPE bom [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;\">]><bom xmlns='http://cyclonedx.org/schema/bom/1.6'><x>&b;</x></bom>")]
    [InlineData("<!DOCTYPE bom SYSTEM 'file:///etc/passwd'><bom xmlns='http://cyclonedx.org/schema/bom/1.6'/>")]
    [InlineData("<!DOCTYPE bom [<!ENTITY % x SYSTEM 'http://127.0.0.1:9/x'> %x;]><bom xmlns='http://cyclonedx.org/schema/bom/1.6'/>")]
    public void Entities_of_XML_are_neither_expanded_nor_fetched(string xml)
    {
        var document = Sbom.Read(xml);

        Assert.True(document.IsPartial);
        Assert.Null(document.Format);
        Assert.Contains(document.Reasons(), reason => reason.Contains("has a document type", StringComparison.Ordinal));
    }

    [Fact]
    public void XML_nested_ten_thousand_deep_is_read_up_to_there()
    {
        var document = Sbom.Read(
            "<bom xmlns='http://cyclonedx.org/schema/bom/1.6'><components><component type='library'><name>a</name><version>1</version><purl>pkg:npm/a@1</purl></component>"
            + string.Concat(Enumerable.Repeat("<x>", 10_000)));

        Assert.Equal(["pkg:npm/a@1"], document.Purls());
        Assert.Equal(["elements are nested more than 1000 deep; 1 components were read before"], document.Reasons());
    }

    [Fact]
    public void Control_characters_never_come_through()
    {
        var document = Sbom.Read("""
            {"bomFormat":"CycloneDX","components":[
              {"type":"library","name":"a","version":"1\u001b[31m","purl":"pkg:npm/a@1"},
              {"type":"library","name":"b\nb","version":"1","purl":"pkg:npm/b%0ab@1"},
              {"type":"library","name":"c","version":"1","purl":"pkg:npm/c@1","licenses":[{"license":{"name":"M\u0007IT"}}],
               "evidence":{"occurrences":[{"location":"x\u0000y"}]}},
              {"type":"library","name":"bad\ud800","version":"1","purl":"pkg:npm/\ud800@1"}]}
            """);

        var only = Assert.Single(document.Components);
        Assert.Equal(("c", "bom"), (only.Name, only.Location.Path));
        Assert.Empty(only.Licenses);
        Assert.DoesNotContain(document.Reasons(), reason => reason.Any(char.IsControl));
        Assert.Contains("the version of 'pkg:npm/a@1' has control characters", document.Reasons());
        Assert.Contains("the name of 'pkg:npm/b%0Ab@1' has control characters", document.Reasons());
    }

    [Fact]
    public void A_component_that_is_listed_again_counts_once()
    {
        var document = Sbom.Read($$"""{"bomFormat":"CycloneDX","components":[{{Good}},{{Good}},{{Good}}],"components":[{{Good}}]}""");

        Assert.Single(document.Components);
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("PK\u0003\u0004")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("{\"packages\":[{\"name\":\"a\",\"externalRefs\":[{\"referenceType\":\"purl\",\"referenceLocator\":\"pkg:npm/a@1\"}]}]}")]
    [InlineData("{\"bomFormat\":\"Other\",\"components\":[{\"type\":\"library\",\"name\":\"a\",\"version\":\"1\",\"purl\":\"pkg:npm/a@1\"}]}")]
    [InlineData("<html><body>not found</body></html>")]
    public void What_is_no_SBOM_is_called_so(string text)
    {
        var document = Sbom.Read(text);

        Assert.Null(document.Format);
        Assert.Empty(document.Components);
        Assert.Equal("it is not an SBOM of a known format", document.Reasons()[0]);
    }

    [Fact]
    public void A_document_that_claims_two_formats_is_not_believed_further()
    {
        var document = Sbom.Read($$"""{"bomFormat":"CycloneDX","spdxVersion":"SPDX-2.3","components":[{{Good}}]}""");

        Assert.Equal(["it claims to be CycloneDxJson and SpdxJson at the same time; 0 components were read before"], document.Reasons());
        Assert.True(document.IsPartial);
    }

    [Fact]
    public void Unknowns_are_told_one_by_one_so_far_and_then_counted()
    {
        var bad = string.Join(',', Enumerable.Range(0, 500).Select(i => $$"""{"type":"library","name":"n{{i}}","version":"1"}"""));

        var document = Sbom.Read($$"""{"bomFormat":"CycloneDX","components":[{{bad}}]}""");

        Assert.Equal(101, document.Unknowns.Length);
        Assert.Equal("and 400 more", document.Reasons()[^1]);
    }

    [Fact]
    public void A_line_of_tags_and_values_may_be_endless()
    {
        using var stream = new RepeatedStream(
            "SPDXVersion: SPDX-2.3\nPackageName: a\nPackageVersion: 1\nExternalRef: PACKAGE-MANAGER purl pkg:npm/a@1\nPackageComment: "u8.ToArray(),
            new byte[1 << 20].Select(_ => (byte)'x').ToArray(),
            64,
            "\nPackageName: b\nPackageVersion: 2\nExternalRef: PACKAGE-MANAGER purl pkg:npm/b@2\n"u8.ToArray());

        var document = SbomReader.Read(stream, "bom", new SbomLimits(), TestContext.Current.CancellationToken);

        Assert.Equal(["pkg:npm/a@1", "pkg:npm/b@2"], document.Purls());
        Assert.Empty(document.Unknowns);
    }

    [Fact]
    public void Whatever_bytes_are_changed_the_reading_ends_in_a_result()
    {
        var random = new Random(20261124);
        var seeds = ((string[])["trivy.cdx.json", "trivy.spdx.json", "trivy.spdx", "npm.cdx.json", "npm.spdx.json"])
            .Select(name => File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Sboms", "testdata", name)))
            .Append(Encoding.UTF8.GetBytes("<bom xmlns='http://cyclonedx.org/schema/bom/1.6'><components><component type='library'><name>a</name><version>1</version><purl>pkg:npm/a@1</purl><licenses><license><id>MIT</id></license></licenses></component></components></bom>"))
            .Append(Encoding.UTF8.GetBytes("""{"@context":"https://spdx.org/rdf/3.0.1/spdx-context.jsonld","@graph":[{"type":"software_Package","spdxId":"a","name":"a","software_packageVersion":"1","software_packageUrl":"pkg:npm/a@1"},{"type":"Relationship","from":"a","relationshipType":"hasDeclaredLicense","to":["b"]}]}"""))
            .Append(Encoding.UTF8.GetBytes("""{"artifacts":[{"foundBy":"x","name":"a","version":"1","type":"npm","purl":"pkg:npm/a@1","licenses":["MIT",{"value":"x"}],"locations":[{"path":"/a"}]}],"distro":{"id":"debian","idLike":["x"]}}"""))
            .ToList();
        for (var i = 0; i < 4000; i++)
        {
            var bytes = (byte[])seeds[i % seeds.Count].Clone();
            for (var changes = random.Next(1, 6); changes > 0; changes--)
            {
                var at = random.Next(bytes.Length);
                bytes[at] = random.Next(3) switch
                {
                    0 => (byte)random.Next(256),
                    1 => (byte)"{}[]\",:\\<>/&0\n"[random.Next(14)],
                    _ => bytes[random.Next(bytes.Length)],
                };
            }

            var document = Sbom.Read(bytes);

            Assert.All(document.Components, component => Assert.NotEmpty(component.Version));
            Assert.DoesNotContain(document.Reasons(), reason => reason.Any(char.IsControl));
            using var statement = new MemoryStream(bytes);
            Assert.NotNull(OssRuntime.Inventory.Sboms.Attestations.StatementReader.Read(statement, "bom", new SbomLimits(), TestContext.Current.CancellationToken));
        }
    }

    private sealed class RepeatedStream(byte[] head, byte[] body, int times, byte[] tail) : ReadOnlyStream
    {
        private int _part;
        private int _position;

        public override int Read(Span<byte> buffer)
        {
            while (_part < times + 2)
            {
                var part = _part == 0 ? head : _part <= times ? body : tail;
                if (_position < part.Length)
                {
                    var count = Math.Min(buffer.Length, part.Length - _position);
                    part.AsSpan(_position, count).CopyTo(buffer);
                    _position += count;
                    return count;
                }

                (_part, _position) = (_part + 1, 0);
            }

            return 0;
        }
    }
}
