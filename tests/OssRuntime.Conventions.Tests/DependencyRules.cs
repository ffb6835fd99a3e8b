using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace OssRuntime.Conventions.Tests;

/// <summary>What may depend on what. The rooms and their references are the table of ARCHITECTURE.md.</summary>
public sealed partial class DependencyRules
{
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["OssRuntime.Model"] = [],
        ["OssRuntime.Inventory"] = ["OssRuntime.Model"],
        ["OssRuntime.Advisories"] = ["OssRuntime.Model"],
        ["OssRuntime.Policy"] = ["OssRuntime.Model"],
        ["OssRuntime.Kubernetes"] = [],
        ["OssRuntime.Exposure"] = ["OssRuntime.Model", "OssRuntime.Policy", "OssRuntime.Kubernetes"],
        ["OssRuntime.Operator"] = ["OssRuntime.Model", "OssRuntime.Inventory", "OssRuntime.Advisories", "OssRuntime.Policy", "OssRuntime.Kubernetes", "OssRuntime.Exposure"],
        ["OssRuntime.Cli"] = ["OssRuntime.Model", "OssRuntime.Inventory", "OssRuntime.Advisories", "OssRuntime.Policy", "OssRuntime.Kubernetes", "OssRuntime.Exposure"],
    };

    [Fact]
    public void Every_project_under_src_is_a_room_of_the_table() =>
        Assert.Equal(Allowed.Keys.Order(), Directory.GetDirectories(Path.Combine(Repository.Root, "src")).Select(Path.GetFileName).Order());

    [Fact]
    public void Rooms_reference_only_what_the_table_allows()
    {
        foreach (var (room, allowed) in Allowed)
        {
            var references = Project(room).Descendants("ProjectReference")
                .Select(reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value));
            Assert.Empty(references.Except(allowed).Select(reference => $"{room} -> {reference}"));
        }
    }

    [Theory]
    [InlineData("KubernetesClient", "OssRuntime.Kubernetes")]
    [InlineData("prometheus-net", "OssRuntime.Operator")]
    [InlineData("Spectre.Console", "OssRuntime.Cli")]
    public void A_package_is_seen_by_its_own_room_only(string package, string owner) =>
        Assert.Equal([owner], Allowed.Keys.Where(room => Project(room).Descendants("PackageReference").Any(p => p.Attribute("Include")!.Value == package)));

    [Fact]
    public void The_model_has_no_packages_and_does_no_io()
    {
        Assert.Empty(Project("OssRuntime.Model").Descendants("PackageReference"));
        Assert.Empty(Repository.Sources("src/OssRuntime.Model").Where(file => InputOutput().IsMatch(Repository.Read(file))));
    }

    [Theory]
    [InlineData("src/OssRuntime.Inventory", "src/OssRuntime.Inventory/Registry/")]
    [InlineData("src/OssRuntime.Advisories", "src/OssRuntime.Advisories/Feeds/")]
    public void Only_one_folder_of_a_room_talks_to_the_network(string room, string folder) =>
        Assert.Empty(Repository.Sources(room).Where(file => !file.StartsWith(folder, StringComparison.Ordinal) && Http().IsMatch(Repository.Read(file))));

    [Fact]
    public void Only_the_metrics_folder_sees_prometheus() =>
        Assert.Empty(Repository.Sources("src/OssRuntime.Operator")
            .Where(file => !file.StartsWith("src/OssRuntime.Operator/Metrics/", StringComparison.Ordinal))
            .Where(file => Repository.Read(file).Contains("using Prometheus", StringComparison.Ordinal)));

    private static XDocument Project(string room) => XDocument.Parse(Repository.Read($"src/{room}/{room}.csproj"));

    [GeneratedRegex(@"\b(File|Directory|FileStream|HttpClient|Socket|Process)\b\s*[.(]", RegexOptions.None, 1000)]
    private static partial Regex InputOutput();

    [GeneratedRegex(@"\b(HttpClient|SocketsHttpHandler|HttpRequestMessage)\b", RegexOptions.None, 1000)]
    private static partial Regex Http();
}
