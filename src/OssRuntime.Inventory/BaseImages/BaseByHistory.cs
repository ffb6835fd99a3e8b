using OssRuntime.Inventory.Manifests;

namespace OssRuntime.Inventory.BaseImages;

/// <summary>
/// How many of an image's layers its base brought, judged by its history. A Dockerfile's image ends with what it starts (<c>CMD</c>, <c>ENTRYPOINT</c>); the steps
/// of whoever builds on it follow. So the base ends with the last <c>CMD</c> that a layer follows. Images of other builders have a history in other words up
/// to where a Dockerfile takes over.
/// </summary>
internal static class BaseByHistory
{
    private const string ShellPrefix = "/bin/sh -c #(nop)";

    private static readonly string[] OtherBuilders = ["bazel build", "apko", "ko build", "nix", "buildpacksio"];

    /// <summary>The number of layers; zero where the history tells of no base.</summary>
    public static int Layers(IReadOnlyList<HistoryStep> history)
    {
        var lastLayer = history.Count - 1;
        while (lastLayer >= 0 && !history[lastLayer].HasLayer)
        {
            lastLayer--;
        }

        for (var i = lastLayer - 1; i >= 0; i--)
        {
            if (!history[i].HasLayer && IsCommand(history[i].CreatedBy))
            {
                return LayersUpTo(history, i);
            }
        }

        return ByOtherBuilder(history, lastLayer);
    }

    private static bool IsCommand(string createdBy)
    {
        var step = createdBy.StartsWith(ShellPrefix, StringComparison.Ordinal) ? createdBy.AsSpan(ShellPrefix.Length) : createdBy;
        return step.TrimStart().StartsWith("CMD ", StringComparison.Ordinal);
    }

    private static int ByOtherBuilder(IReadOnlyList<HistoryStep> history, int lastLayer)
    {
        var i = 0;
        while (i <= lastLayer && Array.Exists(OtherBuilders, builder => history[i].CreatedBy.StartsWith(builder, StringComparison.Ordinal)))
        {
            i++;
        }

        return i > 0 && i <= lastLayer ? LayersUpTo(history, i - 1) : 0;
    }

    private static int LayersUpTo(IReadOnlyList<HistoryStep> history, int last)
    {
        var layers = 0;
        for (var i = 0; i <= last; i++)
        {
            layers += history[i].HasLayer ? 1 : 0;
        }

        return layers;
    }
}
