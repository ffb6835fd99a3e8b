using OssRuntime.Exposure.Pods;
using OssRuntime.Exposure.Views;
using OssRuntime.Policy.Priorities;

namespace OssRuntime.Exposure.Graph;

/// <summary>Whom the policies on a pod admit to each of its ports. It is put together once a pod.</summary>
internal sealed class PodAdmission
{
    private const int MostNamed = 3;

    /// <summary>A pod that no policy isolates.</summary>
    public static readonly PodAdmission Open = new([], []);

    private readonly IReadOnlyList<CompiledPolicy> _policies;
    private readonly IReadOnlyList<string> _denials;
    private Dictionary<(string Protocol, Admitted Whom), List<(int First, int Last)>>? _ports;
    private Dictionary<Admitted, string>? _steps;
    private Admitted _everyPort;
    private Admitted _anyPort;

    private PodAdmission(IReadOnlyList<CompiledPolicy> policies, IReadOnlyList<string> denials) => (_policies, _denials) = (policies, denials);

    /// <summary>True where a policy isolates the pod: what none admits is refused.</summary>
    public bool Isolated => _policies.Count + _denials.Count > 0;

    /// <summary>Puts the policies of a pod together.</summary>
    /// <param name="pod">The pod.</param>
    /// <param name="policies">Those that select it.</param>
    /// <param name="denials">Titles of other policies that isolate it and admit nobody.</param>
    public static PodAdmission Of(PodView pod, IReadOnlyList<CompiledPolicy> policies, IReadOnlyList<string> denials)
    {
        var admission = new PodAdmission(policies, denials);
        foreach (var policy in policies)
        {
            foreach (var (ports, whom) in policy.Rules)
            {
                admission._anyPort |= whom;
                if (ports.Length == 0)
                {
                    admission._everyPort |= whom;
                }

                foreach (var port in ports)
                {
                    admission.Add(port, whom, pod);
                }
            }
        }

        foreach (var ranges in admission._ports?.Values ?? Enumerable.Empty<List<(int, int)>>())
        {
            Merge(ranges);
        }

        return admission;
    }

    /// <summary>Whom the policies admit to a port; a null port is any.</summary>
    public Admitted To(PodPort? port)
    {
        if (!Isolated)
        {
            return Admitted.Anybody;
        }

        if (port is null)
        {
            return _anyPort;
        }

        var found = _everyPort;
        if (_ports is null)
        {
            return found;
        }

        foreach (var ((protocol, whom), ranges) in _ports)
        {
            if (protocol == port.Protocol && (found & whom) != whom && Holds(ranges, port.Number))
            {
                found |= whom;
            }
        }

        return found;
    }

    /// <summary>From how far away those who are admitted can be.</summary>
    public static ExposureLevel LevelOf(Admitted whom) =>
        whom.HasFlag(Admitted.Anybody) ? ExposureLevel.Internet
        : (whom & ~Admitted.OwnNamespace) != Admitted.Nobody ? ExposureLevel.Cluster
        : whom == Admitted.OwnNamespace ? ExposureLevel.Namespace
        : ExposureLevel.None;

    /// <summary>The step of a path that says whom the policies admit.</summary>
    public string StepOf(Admitted whom)
    {
        // It is asked for once a way, of which there may be thousands.
        _steps ??= [];
        if (!_steps.TryGetValue(whom, out var step))
        {
            _steps[whom] = step = WriteStep(whom);
        }

        return step;
    }

    private string WriteStep(Admitted whom)
    {
        var all = _policies.Select(policy => policy.Policy.Metadata.Key).Order().Select(key => key.ToString()).Concat(_denials.Order(StringComparer.Ordinal)).Take(MostNamed + 1).ToList();
        var names = string.Join(", ", all.Take(MostNamed)) + (all.Count > MostNamed ? ", …" : "");
        return $"NetworkPolicy {names} admits " + LevelOf(whom) switch
        {
            ExposureLevel.None => "nobody",
            ExposureLevel.Namespace => "its own namespace only",
            _ when whom.HasFlag(Admitted.FewPublic) => "few public addresses only",
            _ => "private networks only",
        };
    }

    private void Add(NetworkPolicyView.PolicyPort allowed, Admitted whom, PodView pod)
    {
        var protocol = allowed.Protocol ?? "TCP";
        IEnumerable<(int, int)> ranges = allowed.Number switch
        {
            null => [(0, ushort.MaxValue)],
            { Name: { } name } => pod.Ports.Where(port => port.Name == name && port.Protocol == protocol).Select(port => (port.Number, port.Number)),
            { Number: var number } => [(number, Math.Max(number, allowed.EndPort ?? number))],
        };
        _ports ??= [];
        if (!_ports.TryGetValue((protocol, whom), out var known))
        {
            _ports[(protocol, whom)] = known = [];
        }

        known.AddRange(ranges);
    }

    private static void Merge(List<(int First, int Last)> ranges)
    {
        ranges.Sort();
        var kept = 0;
        for (var i = 1; i < ranges.Count; i++)
        {
            if (ranges[i].First <= ranges[kept].Last + 1)
            {
                ranges[kept] = (ranges[kept].First, Math.Max(ranges[kept].Last, ranges[i].Last));
            }
            else
            {
                ranges[++kept] = ranges[i];
            }
        }

        if (ranges.Count > 0)
        {
            ranges.RemoveRange(kept + 1, ranges.Count - kept - 1);
        }
    }

    private static bool Holds(List<(int First, int Last)> ranges, int number)
    {
        var (low, high) = (0, ranges.Count - 1);
        while (low <= high)
        {
            var middle = (low + high) / 2;
            if (number < ranges[middle].First)
            {
                high = middle - 1;
            }
            else if (number > ranges[middle].Last)
            {
                low = middle + 1;
            }
            else
            {
                return true;
            }
        }

        return false;
    }
}
