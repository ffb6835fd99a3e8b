namespace OssRuntime.Model.Versions.Conan;

/// <summary>The parts of a Conan version (Conan 2, <c>Version</c>): items with dots between them, a pre-release after the first hyphen, a build after the last plus sign.</summary>
internal readonly ref struct ConanVersion
{
    internal ConanVersion(ReadOnlySpan<char> text)
    {
        var plus = text.LastIndexOf('+');
        HasBuild = plus >= 0;
        Build = HasBuild ? text[(plus + 1)..] : default;
        text = HasBuild ? text[..plus] : text;
        var hyphen = text.IndexOf('-');
        IsPreRelease = hyphen >= 0;
        PreRelease = IsPreRelease ? text[(hyphen + 1)..] : default;
        Items = IsPreRelease ? text[..hyphen] : text;
    }

    internal ReadOnlySpan<char> Items { get; }

    internal bool IsPreRelease { get; }

    internal ReadOnlySpan<char> PreRelease { get; }

    internal bool HasBuild { get; }

    internal ReadOnlySpan<char> Build { get; }
}
