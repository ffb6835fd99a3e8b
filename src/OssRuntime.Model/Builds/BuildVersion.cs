using System.Reflection;

namespace OssRuntime.Model.Builds;

/// <summary>The version that the programs of this checkout were built as.</summary>
public static class BuildVersion
{
    /// <summary>
    /// A version of Semantic Versioning 2.0.0 with its pre-release and without the commit: <c>0.2.0</c> of a tagged commit, <c>0.2.1-alpha.0</c> of
    /// one after it.
    /// </summary>
    public static string Text { get; } =
        typeof(BuildVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];
}
