using System.Collections.Concurrent;
using System.Collections.Immutable;
using OssRuntime.Advisories.Database;
using OssRuntime.Advisories.Database.Format;
using OssRuntime.Advisories.Database.Reading;
using OssRuntime.Advisories.Identifiers;
using OssRuntime.Model.Advisories;
using OssRuntime.Model.Findings;
using OssRuntime.Model.Packages;

namespace OssRuntime.Advisories.NameChecks;

/// <summary>
/// Checks what packages are called, where the database knows the names of their ecosystem (docs/names.md). Each check has findings of its own:
/// <c>NAME-RESERVED</c>, a kept name from an address that is not allowed; <c>NAME-SHADOWED</c>, a kept name that the public registry has too;
/// <c>NAME-LOOKALIKE</c>, a name that looks like a popular one; <c>NAME-UNKNOWN</c>, a name that nobody published.
/// </summary>
internal sealed class NameChecker(AdvisoryDatabase database, ImmutableArray<ReservedNames> reservedNames)
{
    private const string Source = "names";
    private const int MostRemembered = 65_536;

    private readonly bool _hasNames = NameIndex.HasAny(database.TryBytes(DatabaseFormat.Names));
    private readonly ConcurrentDictionary<(string Ecosystem, string Name), (string Id, Severity Severity, string Text)?> _public = new();
    private int _remembered;

    /// <summary>What is to be said about a component's name, or null. The caller holds a lease on the database.</summary>
    public Finding? Check(Component component)
    {
        if (component.Type != ComponentType.Library || component.OwnedBy is not null || (reservedNames.IsEmpty && !_hasNames))
        {
            return null;
        }

        var ecosystem = EcosystemNames.Canonical(component.Ecosystem);
        var name = PackageNames.Canonical(ecosystem, component.Name);
        foreach (var reserved in reservedNames)
        {
            if (reserved.Covers(ecosystem, component.Name) || reserved.Covers(ecosystem, name))
            {
                return OfReserved(component, reserved, ecosystem, name);
            }
        }

        // What came from somewhere else than the public registry need not be known there.
        return MayBePublic(component.Origin) ? Make(component, OfPublic(ecosystem, name)) : null;
    }

    private static Finding? Make(Component component, (string Id, Severity Severity, string Text)? verdict) =>
        verdict is not { } found
            ? null
            : new Finding
            {
                Id = found.Id,
                Component = component,
                Severity = found.Severity,
                Sources = [new FindingSource(found.Id, Source, component.Name, null, null, null)],
                Status = FindingStatus.Affected,
                FixState = FixState.Unknown,
                Summary = found.Text,
            };

    private Finding? OfReserved(Component component, ReservedNames reserved, string ecosystem, string name)
    {
        if (component.Origin is { } origin && !reserved.Allows(origin))
        {
            return Make(component, ("NAME-RESERVED", Severity.High, $"{component.Name} is reserved for packages from {string.Join(" or ", reserved.Origins)}, but this one came from {origin}"));
        }

        return NameIndex.TryOpen(Section, ecosystem, out var index) && index.IsKnown(name)
            ? Make(component, ("NAME-SHADOWED", Severity.Low, $"{component.Name} is reserved for your own packages, but the public registry has a package of that name too"))
            : null;
    }

    private ReadOnlySpan<byte> Section => database.TryBytes(DatabaseFormat.Names);

    private (string Id, Severity Severity, string Text)? OfPublic(string ecosystem, string name)
    {
        if (_public.TryGetValue((ecosystem, name), out var known))
        {
            return known;
        }

        var verdict = Judge(ecosystem, name);
        if (Volatile.Read(ref _remembered) < MostRemembered && _public.TryAdd((ecosystem, name), verdict))
        {
            Interlocked.Increment(ref _remembered);
        }

        return verdict;
    }

    private (string Id, Severity Severity, string Text)? Judge(string ecosystem, string name)
    {
        // Python leaves a record of itself among its packages.
        if (name.Length is 0 or > 214 || (ecosystem, name) is ("pypi", "python") || !NameIndex.TryOpen(Section, ecosystem, out var index) || index.IsPopular(name))
        {
            return null;
        }

        var known = index.IsKnown(name);
        if (index.LookAlike(name) is { } like)
        {
            return ("NAME-LOOKALIKE", known ? Severity.Low : Severity.Medium, $"{name} can be mistaken for the far more popular {like.Popular}: it {like.How}");
        }

        return known || !index.IsComplete ? null : ("NAME-UNKNOWN", Severity.Low, $"no package named {name} was ever published in {ecosystem}");
    }

    /// <summary>True for an address of a public registry, and for none.</summary>
    public static bool MayBePublic(string? origin) => origin is null
        || origin.StartsWith("https://registry.npmjs.org/", StringComparison.Ordinal) || origin.StartsWith("https://registry.yarnpkg.com/", StringComparison.Ordinal)
        || origin.StartsWith("https://files.pythonhosted.org/", StringComparison.Ordinal) || origin.StartsWith("https://pypi.org/", StringComparison.Ordinal);
}
