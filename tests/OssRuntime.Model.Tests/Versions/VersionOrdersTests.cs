using CsCheck;
using OssRuntime.Model.Packages;
using OssRuntime.Model.Versions;

namespace OssRuntime.Model.Tests.Versions;

public sealed class VersionOrdersTests
{
    private const string Alphabet = "0123456789012345.-_+~:^abcprvxzAZ !*/é";

    public static TheoryData<string> Names => [.. VersionOrders.All.Select(order => order.Name)];

    [Fact]
    public void Every_order_has_a_corpus_and_every_corpus_an_order() =>
        Assert.Equal(
            VersionOrders.All.Select(order => order.Name).Order(StringComparer.Ordinal),
            VersionCorpus.Files().Select(Path.GetFileNameWithoutExtension).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_line_of_the_corpus_holds(string name)
    {
        var order = VersionOrders.ForName(name)!;
        var wrong = VersionCorpus.Lines(name).Where(line => !Holds(order, line)).ToList();

        Assert.Empty(wrong);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void An_order_is_total_on_what_it_accepts(string name)
    {
        var order = VersionOrders.ForName(name)!;
        var versions = (name == "maven" ? GenOrdinary() : GenVersions(name)).Where(version => order.Refuse(version) is null);

        Gen.Select(versions, versions, versions).Sample((a, b, c) =>
            order.Compare(a, a) == 0
            && Math.Sign(order.Compare(a, b)) == -Math.Sign(order.Compare(b, a))
            && (order.Compare(a, b) > 0 || order.Compare(b, c) > 0 || order.Compare(a, c) <= 0)
            && (order.Compare(a, b) != 0 || Math.Sign(order.Compare(a, c)) == Math.Sign(order.Compare(b, c))));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void No_text_makes_an_order_throw(string name)
    {
        var order = VersionOrders.ForName(name)!;
        var texts = Gen.OneOf(Gen.String, GenVersions(name), Gen.Char[Alphabet].Array[0, 20].Select(characters => new string(characters)));

        Gen.Select(texts, texts).Sample((a, b) =>
        {
            _ = order.Refuse(a);
            Assert.Equal(Math.Sign(order.Compare(a, b)), -Math.Sign(order.Compare(b, a)));
        });
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_version_that_is_empty_or_too_long_is_refused(string name)
    {
        var order = VersionOrders.ForName(name)!;

        Assert.NotNull(order.Refuse(""));
        Assert.NotNull(order.Refuse(new string('1', 513)));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Comparing_allocates_nothing(string name)
    {
        var order = VersionOrders.ForName(name)!;
        string[] versions = [.. VersionCorpus.Versions(name)];
        CompareAll(order, versions);

        var before = GC.GetAllocatedBytesForCurrentThread();
        CompareAll(order, versions);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Theory]
    [InlineData("npm", "npm")]
    [InlineData("NPM", "npm")]
    [InlineData("Debian:12", "deb")]
    [InlineData("Ubuntu:Pro:22.04:LTS", "deb")]
    [InlineData("alpine:v3.20", "apk")]
    [InlineData("PyPI", "pep440")]
    [InlineData("Red Hat:enterprise_linux:9::baseos", "rpm")]
    [InlineData("Photon OS:5.0", "rpm")]
    [InlineData("SUSE:Linux Enterprise Server 15 SP5", "rpm")]
    [InlineData("crates.io", "crates")]
    [InlineData("Packagist:https://packages.drupal.org/8", "composer")]
    [InlineData("DHI", "semver")]
    [InlineData("GHC", "hackage")]
    [InlineData("GitHub Actions", "semver")]
    [InlineData("SwiftURL", "semver")]
    [InlineData("ConanCenter", "conan")]
    [InlineData("golang", "go")]
    public void An_order_is_found_by_the_name_of_its_ecosystem(string ecosystem, string order)
    {
        Assert.Equal(order, VersionOrders.ForName(ecosystem)?.Name);
        Assert.Equal(order, VersionOrders.For(Ecosystem.Parse(ecosystem))?.Name);
    }

    [Theory]
    [InlineData("npm", "1.0.9", "1.1")]
    [InlineData("npm", "1.1", "1.1.1")]
    [InlineData("crates.io", "0.9.0", "v1")]
    [InlineData("Hex", "1.0.1", "1.1")]
    public void A_refused_version_that_lacks_a_number_is_still_compared_as_it_is_meant(string ecosystem, string older, string newer) =>
        Assert.True(VersionOrders.ForName(ecosystem)!.Compare(older, newer) < 0);

    [Fact]
    public void An_unknown_ecosystem_has_no_order()
    {
        Assert.Null(VersionOrders.ForName("Betamax"));
        Assert.Null(VersionOrders.ForName(""));
        Assert.Null(VersionOrders.ForName(null));
    }

    /// <summary>Maven's comparison goes round in circles where words for the release stand in the middle: the law holds for ordinary versions only.</summary>
    private static Gen<string> GenOrdinary()
    {
        var numbers = Gen.Int[0, 12].Array[1, 4].Select(all => string.Join('.', all));
        var qualifier = Gen.OneOf(new[] { "", "-rc", "-alpha", "-a", "-beta", "-m", "-SNAPSHOT", "-final", ".Final", "-sp", "-jre", "-1", ".RELEASE" }.Select(Gen.Const).ToArray());
        var number = Gen.OneOf(new[] { "", "1", "2", "10", "-1" }.Select(Gen.Const).ToArray());
        return Gen.Select(numbers, qualifier, number).Select((a, b, c) => b.Length == 0 ? a : a + b + c);
    }

    private static Gen<string> GenVersions(string name)
    {
        var known = Gen.OneOf(VersionCorpus.Versions(name).Select(Gen.Const).ToArray());
        var piece = Gen.Char[Alphabet].Array[0, 3].Select(characters => new string(characters));
        var changed = Gen.Select(known, piece, Gen.Int[0, 64]).Select((version, text, at) => version.Insert(at % (version.Length + 1), text));
        var cut = Gen.Select(known, Gen.Int[0, 64]).Select((version, at) => version[..(at % (version.Length + 1))]);
        var joined = Gen.Select(known, known, Gen.Int[0, 64]).Select((a, b, at) => a + b[(at % b.Length)..]);
        return Gen.OneOf(known, changed, cut, joined);
    }

    private static int CompareAll(IVersionOrder order, string[] versions)
    {
        var sum = 0;
        for (var i = 0; i < versions.Length; i++)
        {
            sum += order.Compare(versions[i], versions[versions.Length - 1 - i]);
        }

        return sum;
    }

    private static bool Holds(IVersionOrder order, string line)
    {
        if (line[0] == '!')
        {
            return order.Refuse(line.AsSpan(1).TrimStart()) is not null;
        }

        var parts = line.Split(' ');
        var sign = parts[1] switch { "<" => -1, "=" => 0, _ => 1 };
        return order.Refuse(parts[0]) is null && order.Refuse(parts[2]) is null && Math.Sign(order.Compare(parts[0], parts[2])) == sign
            && Math.Sign(order.Compare(parts[2], parts[0])) == -sign;
    }
}
