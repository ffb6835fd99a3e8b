using OssRuntime.Advisories.Database;
using OssRuntime.Advisories.Database.Format;
using OssRuntime.Advisories.Database.Reading;
using OssRuntime.Advisories.Identifiers;
using OssRuntime.Model.Findings;
using OssRuntime.Model.Packages;

namespace OssRuntime.Advisories.NameChecks;

/// <summary>
/// Checks versions against the index of those that were published, where one is given (docs/names.md): <c>VERSION-UNKNOWN</c>, a version that nobody
/// published of a package that the index has; <c>VERSION-YANKED</c>, one that its publisher took back.
/// </summary>
internal sealed class VersionChecker(AdvisoryDatabase database)
{
    private const string Source = "versions";

    private readonly bool _hasVersions = VersionIndex.HasAny(database.TryBytes(DatabaseFormat.Versions));

    /// <summary>What is to be said about a component's version, or null. The caller holds a lease on the database.</summary>
    public Finding? Check(Component component) => Note(component) switch
    {
        (true, null) => Make(component, "VERSION-UNKNOWN", Severity.Medium, $"version {component.Version} of {component.Name} was never published"),
        (true, VersionNote.Yanked) => Make(component, "VERSION-YANKED", Severity.Low, $"version {component.Version} of {component.Name} was yanked (withdrawn) by its publisher"),
        _ => null,
    };

    /// <summary>The word for a component that its publisher deprecated or took back, or null.</summary>
    public string? Notice(Component component) => Note(component) switch
    {
        (true, VersionNote.Yanked) => "yanked",
        (true, VersionNote.Deprecated) => "deprecated",
        _ => null,
    };

    /// <summary>The day on which a component's version was published, or null where nobody tells. The caller holds a lease on the database.</summary>
    public DateOnly? PublishedOn(Component component) => TryOpen(component, out var index, out var name) ? index.ReleasedOn(name, component.Version) : null;

    /// <summary>Whether the index has the package, and what it says of the version; null for a version that it has not.</summary>
    private (bool Known, VersionNote? Note) Note(Component component) =>
        TryOpen(component, out var index, out var name) && index.Find(name, null) is not null ? (true, index.Find(name, component.Version)) : default;

    /// <summary>The versions of a component's ecosystem: of what came from another registry, or with the distribution, the index says nothing.</summary>
    private bool TryOpen(Component component, out VersionIndex index, out string name)
    {
        index = default;
        name = "";
        if (!_hasVersions || component.Type != ComponentType.Library || component.OwnedBy is not null || !NameChecker.MayBePublic(component.Origin))
        {
            return false;
        }

        var ecosystem = EcosystemNames.Canonical(component.Ecosystem);
        name = PackageNames.Canonical(ecosystem, component.Name);
        return VersionIndex.TryOpen(database.TryBytes(DatabaseFormat.Versions), database.TryBytes(DatabaseFormat.Released), ecosystem, out index);
    }

    private static Finding Make(Component component, string id, Severity severity, string text) => new()
    {
        Id = id,
        Component = component,
        Severity = severity,
        Sources = [new FindingSource(id, Source, $"{component.Name} {component.Version}", null, null, null)],
        Status = FindingStatus.Affected,
        Summary = text,
    };
}
