namespace OssRuntime.Kubernetes.Api;

/// <summary>
/// Names as segments of a path. Some come from objects that tenants write, owner references above all, and must not lead to another path: dots alone
/// survive escaping, and an escaped slash or percent sign is unescaped by some proxies. No object has such a name (apimachinery
/// pkg/api/validation/path: IsValidPathSegmentName).
/// </summary>
internal static class ApiPath
{
    /// <summary>True for a name that an object, a namespace, a group, a version or a kind's plural can have.</summary>
    public static bool IsSegment(string name) =>
        name is not ("" or "." or "..") && !name.AsSpan().ContainsAny('/', '%') && !name.Any(char.IsControl);

    /// <summary>The name as a segment.</summary>
    /// <exception cref="InvalidNameException">It cannot be one.</exception>
    public static string Segment(string name) => IsSegment(name) ? Uri.EscapeDataString(name) : throw new InvalidNameException(name);
}
