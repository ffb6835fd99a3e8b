namespace OssRuntime.Model.Versions;

/// <summary>What holds for the versions of every order.</summary>
internal static class VersionLimits
{
    /// <summary>The longest version that is accepted, in characters.</summary>
    internal const int LongestVersion = 512;

    /// <summary>Null for a text of an acceptable length, else why not.</summary>
    internal static string? Refuse(ReadOnlySpan<char> version)
    {
        if (version.IsEmpty)
        {
            return "the version is empty";
        }

        return version.Length > LongestVersion ? "the version is longer than 512 characters" : null;
    }
}
