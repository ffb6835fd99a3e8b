using OssRuntime.Exposure.Graph;
using YamlDotNet.RepresentationModel;

namespace OssRuntime.Exposure.Tests.Graph;

/// <summary>What a case expects: the level, the path, and what is uncertain. Texts, so that a difference is seen at once.</summary>
internal sealed record ExpectedExposure(string Level, string Path, string Uncertain)
{
    /// <summary>What the case says: <c>level</c>, <c>path</c>, and <c>uncertain</c> where there is something.</summary>
    public static ExpectedExposure In(YamlMappingNode root) => new(((YamlScalarNode)root["level"]).Value!, Lines(root, "path", " → "), Lines(root, "uncertain", "\n"));

    /// <summary>What was computed; nothing where nothing was.</summary>
    public static ExpectedExposure Of(PodExposure? found) =>
        new(found?.Level.ToString() ?? "", string.Join(" → ", found?.Path ?? []), string.Join('\n', (found?.Uncertain ?? []).Select(item => item.Text)));

    private static string Lines(YamlMappingNode root, string name, string between) =>
        root.Children.TryGetValue(name, out var node) ? string.Join(between, ((YamlSequenceNode)node).Select(step => ((YamlScalarNode)step).Value)) : "";
}
