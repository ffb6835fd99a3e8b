using System.Globalization;

namespace OssRuntime.Kubernetes.Api;

/// <summary>What the server says it is.</summary>
public sealed record ServerVersion
{
    /// <summary>Major version, <c>1</c>.</summary>
    public string Major { get; init; } = "";

    /// <summary>Minor version; some providers append a plus.</summary>
    public string Minor { get; init; } = "";

    /// <summary>The whole version, such as <c>v1.34.2</c>.</summary>
    public string GitVersion { get; init; } = "";

    /// <summary>True if the server is at least <paramref name="major"/>.<paramref name="minor"/>; false too if its version cannot be read.</summary>
    public bool IsAtLeast(int major, int minor) =>
        TryNumber(Major, out var actualMajor) && TryNumber(Minor, out var actualMinor)
        && (actualMajor, actualMinor).CompareTo((major, minor)) >= 0;

    private static bool TryNumber(string text, out int number) =>
        int.TryParse(text.AsSpan().TrimEnd('+'), NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
