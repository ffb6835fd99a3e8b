using System.Buffers;
using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text;

namespace OssRuntime.Operator.Keys;

/// <summary>
/// Names a workload: the controller of its pods that has their template, or a pod that stands alone. The version of its kind is no part of it: an object is the same
/// under each version that the server has.
/// </summary>
/// <param name="Namespace">Its namespace.</param>
/// <param name="Group">The group of its kind; empty for the core group.</param>
/// <param name="Kind">Its kind.</param>
/// <param name="Name">Its name, as the reference to it says: another's text.</param>
/// <param name="Uid">Its identity.</param>
internal sealed record WorkloadKey(string Namespace, string Group, string Kind, string Name, string Uid)
{
    private const int LongestName = 253;
    private const int HashDigits = 16;

    private static readonly SearchValues<char> NameCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-.");

    // These share no name, so that theirs need nothing to tell them apart. Any other kind is another's text: 'deployment', 'Deployment-a' …
    private static readonly FrozenSet<(string Group, string Kind)> Plain = FrozenSet.Create(
        ("", "Pod"), ("", "ReplicationController"), ("", "Node"), ("apps", "Deployment"), ("apps", "ReplicaSet"), ("apps", "StatefulSet"), ("apps", "DaemonSet"),
        ("batch", "Job"), ("batch", "CronJob"));

    /// <summary>
    /// The name of its WorkloadReport: kind and name. Where another workload could have the same, or where the server would refuse the name (RFC 1123 subdomain, at most
    /// 253 characters), it is made valid and unique by a hash over group, kind and name.
    /// </summary>
    public string ReportName
    {
        get
        {
            var name = $"{Kind.ToLowerInvariant()}-{Name}";
            if (Plain.Contains((Group, Kind)) && IsValid(name))
            {
                return name;
            }

            // The lengths tell a/b and c from a and b/c.
            var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{Group.Length}/{Kind.Length}/{Group}/{Kind}/{Name}")))[..HashDigits];
            var readable = MadeValid(name[..Math.Min(name.Length, LongestName - HashDigits - 1)]);
            return readable.Length == 0 ? hash : $"{readable}-{hash}";
        }
    }

    /// <summary>The group of an <c>apiVersion</c>.</summary>
    public static string GroupOf(string apiVersion) => apiVersion.IndexOf('/', StringComparison.Ordinal) is > 0 and var slash ? apiVersion[..slash] : "";

    /// <inheritdoc/>
    public override string ToString() => $"{Namespace}/{Kind}/{Name}";

    private static bool IsValid(string name) => name.Length <= LongestName && MadeValid(name) == name;

    // Each label between two dots begins and ends with a letter or digit.
    private static string MadeValid(string name)
    {
        var labels = name.ToLowerInvariant().Split('.').Select(label => new string([.. label.Select(c => NameCharacters.Contains(c) ? c : '-')]).Trim('-'));
        return string.Join('.', labels.Where(label => label.Length > 0));
    }
}
