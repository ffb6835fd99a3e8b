using System.Security.Cryptography;
using System.Text;

namespace OssRuntime.Operator.Keys;

/// <summary>Names a workload: the topmost controller of its pods, of any kind, or a pod that has none.</summary>
internal sealed record WorkloadKey(string Namespace, string ApiVersion, string Kind, string Name, string Uid)
{
    private const int LongestName = 253;

    /// <summary>The name of its WorkloadReport: kind and name, cut and made unique by a hash where that is too long for an object's name.</summary>
    public string ReportName
    {
        get
        {
            var name = $"{Kind.ToLowerInvariant()}-{Name}";
            if (name.Length <= LongestName)
            {
                return name;
            }

            var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)))[..16];
            return $"{name[..(LongestName - hash.Length - 1)]}-{hash}";
        }
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Namespace}/{Kind}/{Name}";
}
