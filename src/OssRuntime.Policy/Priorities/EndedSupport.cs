using System.Collections.Frozen;
using OssRuntime.Model.Advisories;
using OssRuntime.Model.Findings;
using OssRuntime.Model.Lifecycles;
using OssRuntime.Model.Packages;

namespace OssRuntime.Policy.Priorities;

/// <summary>
/// Which components of an image get no fixes any more, by the release cycles found in it. A flaw in one of them is never "deferred": waiting for the next
/// version is waiting for one that does not come.
/// </summary>
public sealed class EndedSupport
{
    /// <summary>Nothing has ended.</summary>
    public static readonly EndedSupport None = new([]);

    private readonly FrozenSet<string> _subjects;
    private readonly bool _distribution;

    /// <summary>Takes the states of the cycles as they are judged on a day.</summary>
    public EndedSupport(IEnumerable<LifecycleStatus> lifecycles)
    {
        var ended = lifecycles.Where(status => status.State == LifecycleState.EndOfLife).Select(status => status.Subject).ToList();
        _subjects = ended.ToFrozenSet(StringComparer.Ordinal);
        // What is named by no purl is the distribution.
        _distribution = ended.Exists(subject => !subject.StartsWith("pkg:", StringComparison.Ordinal));
    }

    /// <summary>True where the component's release cycle has ended, or its publisher says so of the finding.</summary>
    public bool Covers(Finding finding) => finding.FixState == FixState.EndOfLife || Covers(finding.Component);

    /// <summary>True where the component's release cycle has ended.</summary>
    public bool Covers(Component component) =>
        (_distribution && component.Type == ComponentType.OsPackage) || (_subjects.Count > 0 && _subjects.Contains(component.Purl.ToString()));
}
