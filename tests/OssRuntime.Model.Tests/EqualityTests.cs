using System.Reflection;
using OssRuntime.Model.Advisories;
using OssRuntime.Model.Findings;
using OssRuntime.Model.Images;
using OssRuntime.Model.Inventories;
using OssRuntime.Model.Packages;

namespace OssRuntime.Model.Tests;

/// <summary>Records with arrays compare what is in them. Each property is changed in turn, so that none can be forgotten.</summary>
public sealed class EqualityTests
{
    private static readonly Digest SomeDigest = Digest.OfSha256(new byte[32]);

    public static TheoryData<string> Nouns => [.. Makers.Keys];

    private static Dictionary<string, Func<object>> Makers => new(StringComparer.Ordinal)
    {
        ["component"] = MakeComponent,
        ["os release"] = () => new OsRelease("debian", "12", "bookworm", "Debian 12", ["linux"], "cpe"),
        ["range"] = MakeRange,
        ["affected package"] = MakeAffected,
        ["advisory"] = () => new Advisory
        {
            Id = "A",
            Feed = "f",
            Aliases = ["B"],
            Upstream = ["C"],
            Vectors = ["v"],
            Affected = [MakeAffected()],
            Summary = "s",
            SeverityWord = "w",
            Withdrawn = DateTimeOffset.UnixEpoch,
            Modified = DateTimeOffset.UnixEpoch,
        },
        ["finding"] = () => new Finding
        {
            Id = "A",
            Component = MakeComponent(),
            Aliases = ["B"],
            Sources = [new FindingSource("A", "f", "m", null, null, null)],
            Score = 1,
            Vector = "v",
            Epss = 0.5,
            EpssPercentile = 97,
            LikelyExploited = true,
            FixKnownOn = new DateOnly(2026, 1, 1),
            FixedIn = "2",
            Ssvc = new SsvcAssessment(ExploitationEvidence.Active, Automatable: true, TotalImpact: true),
            Exploits = [new ExploitReference("https://a", "f")],
            Vex = new VexVerdict("s", null, null, null),
        },
        ["inventory"] = () => new ComponentInventory
        {
            Components = [MakeComponent()],
            Unknowns = [new Unknown("p", "e", "r")],
            Digest = SomeDigest,
            Platform = Platform.LinuxAmd64,
            OsRelease = new OsRelease("alpine", null, null, null, []),
            Declaration = MakeDeclaration(),
            Layers = [new ImageLayer(SomeDigest, "COPY", IsBase: true)],
            Base = new BaseImage("debian", null, 1, default),
        },
        ["declaration"] = MakeDeclaration,
    };

    [Theory]
    [MemberData(nameof(Nouns))]
    public void Two_that_say_the_same_are_equal(string noun)
    {
        var one = Makers[noun]();
        var other = Makers[noun]();

        Assert.Equal(one, other);
        Assert.Equal(one.GetHashCode(), other.GetHashCode());
    }

    [Theory]
    [MemberData(nameof(Nouns))]
    public void Each_property_makes_a_difference(string noun)
    {
        foreach (var property in Makers[noun]().GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.CanWrite))
        {
            var changed = Makers[noun]();
            property.SetValue(changed, Another(property.PropertyType, property.GetValue(changed)));

            Assert.False(Makers[noun]().Equals(changed), property.Name);
        }
    }

    private static object? Another(Type type, object? value)
    {
        if (type == typeof(string))
        {
            return value + "!";
        }

        if (type == typeof(bool))
        {
            return value is false;
        }

        if (type.IsEnum)
        {
            return Enum.GetValues(type).Cast<object>().First(candidate => !candidate.Equals(value));
        }

        if (type == typeof(PackageUrl))
        {
            return PackageUrl.Of("npm", null, "another", null);
        }

        if (type == typeof(Ecosystem))
        {
            return new Ecosystem("another");
        }

        if (type == typeof(ComponentLocation))
        {
            return new ComponentLocation(null, "another");
        }

        if (type == typeof(Component))
        {
            return MakeComponent() with { Name = "another" };
        }

        if (type == typeof(SbomComparison))
        {
            return new SbomComparison(InventorySource.Referrer, "another", "Spdx");
        }

        if (type == typeof(InventoryCost))
        {
            return new InventoryCost(1, 2, 3, 4);
        }

        if (type == typeof(int))
        {
            return (int)value! + 1;
        }

        return type.Name.StartsWith("ImmutableArray", StringComparison.Ordinal) ? Activator.CreateInstance(type) : null;
    }

    private static Component MakeComponent() => new()
    {
        Purl = PackageUrl.Of("npm", null, "left-pad", "1.0.0"),
        Name = "left-pad",
        Version = "1.0.0",
        Ecosystem = new Ecosystem("npm"),
        Location = new ComponentLocation(SomeDigest, "app/package.json"),
        Licenses = ["MIT"],
        Source = new SourcePackage("s", "1"),
        OwnedBy = "o",
        Origin = "x",
    };

    private static SbomComparison MakeDeclaration() => new(InventorySource.CosignAttestation, "n", "Spdx")
    {
        VerifiedBy = "k",
        Used = true,
        Components = 3,
        LeftOut = ["pkg:npm/a@1"],
        Added = ["pkg:npm/b@1"],
        Different = [new DeclaredDifference("pkg:npm/c@1", "pkg:npm/c@2")],
    };

    private static AffectedRange MakeRange() => new(RangeType.SemVer, [new RangeEvent(RangeEventType.Introduced, "0")]);

    private static AffectedPackage MakeAffected() => new(new Ecosystem("npm"), "left-pad", [MakeRange()], ["1.0.0"], ["v"]);
}
