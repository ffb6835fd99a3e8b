namespace OssRuntime.Conventions.Tests;

/// <summary>Folders of one project never see each other in circles, and the operator's stand in strata.</summary>
public sealed class FolderRules
{
    /// <summary>The operator's folders: each sees only those above it.</summary>
    private static readonly string[] Strata =
    [
        "Keys", "Resources", "Integrity", "State", "Metrics", "Knowledge", "Watching", "Exposure", "Policies", "Composition",
        "Pods", "Images", "Workloads", "DenyLists", "UnknownImages", "Admission", "Hosting",
    ];

    /// <summary>Circles that could not be cut yet, as "room folder: from -> to". The list may only get shorter.</summary>
    private static readonly string[] NotCutYet = [];

    public static TheoryData<string> Rooms => [.. Directory.GetDirectories(Path.Combine(Repository.Root, "src")).Select(folder => Path.GetFileName(folder)!).Order()];

    [Theory]
    [MemberData(nameof(Rooms))]
    public void Folders_do_not_see_each_other_in_circles(string room)
    {
        var graph = new FolderGraph(room);
        var circles = graph.Parents
            .SelectMany(path => FolderGraph.Circles(graph.Below(path)).Select(reference => $"{$"{room} {path}".TrimEnd()}: {reference.From} -> {reference.To}"))
            .ToList();
        var listed = NotCutYet.Where(line => line.StartsWith(room + " ", StringComparison.Ordinal) || line.StartsWith(room + ":", StringComparison.Ordinal));
        Assert.Equal(listed.Order(StringComparer.Ordinal), circles.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_operators_folders_see_only_those_above_them()
    {
        var references = new FolderGraph("OssRuntime.Operator").Below("");
        Assert.Empty(references.SelectMany(reference => new[] { reference.From, reference.To }).Distinct().Except(Strata).Where(folder => folder != FolderGraph.Top));
        Assert.Empty(references
            .Where(reference => reference.From != FolderGraph.Top && Array.IndexOf(Strata, reference.From) <= Array.IndexOf(Strata, reference.To))
            .Select(reference => $"{reference.From} -> {reference.To}")
            .Order());
    }

    [Fact]
    public void A_circle_is_found()
    {
        var references = new HashSet<(string From, string To)> { ("A", "B"), ("B", "C"), ("C", "A"), ("C", "D"), ("D", "E") };
        Assert.Equal([("A", "B"), ("B", "C"), ("C", "A")], FolderGraph.Circles(references));
    }

    [Fact]
    public void The_graph_sees_what_the_code_says()
    {
        var references = new FolderGraph("OssRuntime.Kubernetes").Below("");
        Assert.Contains(("Apply", "Api"), references);
        Assert.DoesNotContain(("Api", "Apply"), references);
    }
}
