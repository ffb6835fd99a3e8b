using OssRuntime.Advisories.Database;
using OssRuntime.Advisories.Database.Reading;
using OssRuntime.Advisories.Feeds;
using OssRuntime.Advisories.Feeds.DebianSupport;
using OssRuntime.Advisories.Identifiers;
using OssRuntime.Model.Images;
using OssRuntime.Model.Inventories;
using OssRuntime.Model.Lifecycles;
using OssRuntime.Model.Packages;

namespace OssRuntime.Advisories.Lifecycle;

/// <summary>
/// Judges the distribution and the components of an inventory by the lifecycle data. A package of the distribution is left out: whoever
/// maintains <c>nodejs 18</c> for Debian 12 does so as long as Debian 12 lives, so the distribution's own state is the answer. Packages that
/// another publisher built for the distribution (NodeSource, PostgreSQL's and Docker's repositories) are judged by their upstream.
/// </summary>
internal sealed class LifecycleMatcher(AdvisoryDatabase database, IReadOnlySet<string> extendedSupport)
{
    private const int LongestKey = 512;

    /// <summary>States by product, cycle and subject.</summary>
    public static IEnumerable<LifecycleStatus> Order(IEnumerable<LifecycleStatus> states) => states.Distinct()
        .OrderBy(status => status.Product, StringComparer.Ordinal)
        .ThenBy(status => status.Cycle, StringComparer.Ordinal)
        .ThenBy(status => status.Subject, StringComparer.Ordinal);

    /// <summary>The states on a day, each once.</summary>
    public IEnumerable<LifecycleStatus> Match(ComponentInventory inventory, DateOnly day)
    {
        var found = new HashSet<LifecycleStatus>();
        if (inventory.OsRelease is { } release && OfSystem(release, day) is { } system)
        {
            found.Add(system);
        }

        foreach (var component in inventory.Components)
        {
            if (component.OwnedBy is null && OfComponent(component, day) is { } status)
            {
                found.Add(status);
            }
        }

        return found;
    }

    private LifecycleStatus? OfSystem(OsRelease release, DateOnly day)
    {
        var subject = release.PrettyName ?? $"{release.Id} {release.VersionId}".TrimEnd();
        if (release.IsRolling)
        {
            // A rolling branch names the release that it will become, and has not that one's years.
            return SystemKeys(release).Select(key => database.Product(key)).FirstOrDefault(known => known is not null) is { } rolling
                ? new LifecycleStatus(rolling.Product.Name, "edge", LifecycleState.Supported, null, null, subject, rolling.Source)
                : null;
        }

        if (release.Id == "rhcos")
        {
            return database.Product(LifecycleKeys.OfName("rhel")) is { } enterprise && release.CpeVersion is { } version ? Status(enterprise, version, subject, day) : null;
        }

        foreach (var key in SystemKeys(release))
        {
            if (database.Product(key) is { Product.IsOperatingSystem: true } known
                && (release.VersionId is null || CycleFinder.Find(known.Product, release.VersionId) is not null))
            {
                return Status(known, release.VersionId ?? release.Codename ?? "rolling", subject, day);
            }
        }

        // A known distribution at a release that the data lacks is a gap to be seen.
        return SystemKeys(release).Select(key => database.Product(key)).FirstOrDefault(known => known is { Product.IsOperatingSystem: true }) is { } unlisted
            ? Status(unlisted, release.VersionId ?? "", subject, day)
            : null;
    }

    /// <summary>The CPE is the publisher's own word; <c>ID</c> is one of the product's names, but for a few.</summary>
    private static IEnumerable<string> SystemKeys(OsRelease release)
    {
        yield return LifecycleKeys.OfName(release.Id switch
        {
            "ol" => "oracle-linux",
            "amzn" => "amazon-linux",
            "opensuse-leap" => "opensuse",
            "sl-micro" => "suse-linux-micro",
            _ => release.Id,
        });
        if (release.Id == "centos")
        {
            yield return LifecycleKeys.OfName("centos-stream");
        }

        if (release.CpeName is { } cpe && LifecycleKeys.OfCpe(cpe) is { } key)
        {
            yield return key;
        }
    }

    private LifecycleStatus? OfComponent(Component component, DateOnly day)
    {
        if (component.Type == ComponentType.OsPackage)
        {
            return OfDebianPackage(component, day) is { } ended ? ended
                : OfStream(component) is { } stream && CycleFinder.Find(stream.Product, component.Version) is not null ? Status(stream, component.Version, component.Purl.ToString(), day)
                : VendorBuilds.IsOne(component) && VendorProduct(component) is { } built && CycleFinder.Find(built.Product, VendorBuilds.UpstreamVersion(component.Version)) is not null
                ? Status(built, VendorBuilds.UpstreamVersion(component.Version), component.Purl.ToString(), day)
                : null;
        }

        Span<char> buffer = stackalloc char[LongestKey];
        var known = (component.Purl is { Type: "golang", Namespace: null, Name: "stdlib" or "std" } ? Named("go") : null)
            ?? database.Product(LifecycleKeys.OfPackage(component.Purl, buffer))
            ?? (component.Cpe is { } cpe && LifecycleKeys.OfCpe(cpe) is { } key ? database.Product(key) : null)
            ?? (component.Type is ComponentType.Runtime or ComponentType.Application ? Named(component.Name) ?? OfRepology(component.Name) : null);
        return known is null ? null : Status(known, component.Version, component.Purl.ToString(), day);
    }

    /// <summary>
    /// Repology calls a project what most distributions call its source package.
    /// </summary>
    private KnownProduct? VendorProduct(Component component)
    {
        foreach (var name in VendorBuilds.ProjectNames(component.Source?.Name ?? component.Name))
        {
            if ((OfRepology(name) ?? Named(name)) is { } product)
            {
                return product;
            }
        }

        return null;
    }

    /// <summary>An application stream of RHEL's kind has a life of its own, shorter than the release's: the lifecycle data names such packages with their number (<c>dotnet-sdk-3.1</c>).</summary>
    private KnownProduct? OfStream(Component component)
    {
        Span<char> buffer = stackalloc char[LongestKey];
        return component.Purl.Type == "rpm" && component.Name.Length > 0 && char.IsAsciiDigit(component.Name[^1]) ? database.Product(LifecycleKeys.OfPackage(component.Purl, buffer)) : null;
    }

    /// <summary>A package of a Debian release whose security support ends before that of the release.</summary>
    private LifecycleStatus? OfDebianPackage(Component component, DateOnly day)
    {
        if (component.Ecosystem is not { Name: "Debian", Release: { } release })
        {
            return null;
        }

        var source = component.Source?.Name ?? component.Name;
        Span<char> buffer = stackalloc char[LongestKey];
        if (database.Product(LifecycleKeys.OfName(LifecycleKeys.Name + DebianSupportParser.Prefix, source, buffer)) is not { } known)
        {
            return null;
        }

        foreach (var cycle in known.Product.Cycles)
        {
            if (cycle.Name == release)
            {
                var (state, end) = CycleJudge.Judge(cycle, day, extended: false);
                return new LifecycleStatus(source, $"debian {release}", state, end, end?.DayNumber - day.DayNumber, component.Purl.ToString(), known.Source);
            }
        }

        return null;
    }

    private LifecycleStatus Status(KnownProduct known, string version, string subject, DateOnly day)
    {
        var name = known.Product.Name;
        if ((CycleFinder.Find(known.Product, version) ?? OfOldJava(known, version)) is not { } cycle)
        {
            return new LifecycleStatus(name, version, LifecycleState.Unknown, null, null, subject, known.Source);
        }

        var (state, end) = CycleJudge.Judge(cycle, day, IsFreeLongTerm(known) || extendedSupport.Contains(name) || extendedSupport.Contains($"{name} {cycle.Name}"));
        return new LifecycleStatus(name, cycle.Name, state, end, end?.DayNumber - day.DayNumber, subject, known.Source);
    }

    /// <summary>What endoflife.date calls Debian's extended support is its LTS: free, public and part of Debian, with fixes in the same archive for everybody.</summary>
    private static bool IsFreeLongTerm(KnownProduct known) => known is { Product.Name: "debian", Source: "endoflife.date" };

    /// <summary>Until Java 8 a version began with "1.": <c>1.8.0_392</c> is of cycle 8.</summary>
    private static ReleaseCycle? OfOldJava(KnownProduct known, string version) =>
        version.StartsWith("1.", StringComparison.Ordinal) && version.Length > 2 && version[2] is >= '5' and <= '8' ? CycleFinder.Find(known.Product, version[2..]) : null;

    private KnownProduct? Named(string name)
    {
        Span<char> buffer = stackalloc char[LongestKey];
        return database.Product(LifecycleKeys.OfName(LifecycleKeys.Name, name, buffer));
    }

    private KnownProduct? OfRepology(string name)
    {
        Span<char> buffer = stackalloc char[LongestKey];
        return database.Product(LifecycleKeys.OfName(LifecycleKeys.Repology, name, buffer));
    }
}
