using System.Text;
using OssRuntime.Inventory.Sboms;
using OssRuntime.Model.Packages;

namespace OssRuntime.Inventory.Tests.Sboms;

/// <summary>Reads SBOMs of the tests.</summary>
internal static class Sbom
{
    public static SbomDocument Read(string text, SbomLimits? limits = null) => Read(Encoding.UTF8.GetBytes(text), limits);

    public static SbomDocument Read(byte[] content, SbomLimits? limits = null)
    {
        using var stream = new MemoryStream(content);
        return SbomReader.Read(stream, "bom", limits ?? new SbomLimits(), TestContext.Current.CancellationToken);
    }

    public static SbomDocument ReadFixture(string name) => Read(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Sboms", "testdata", name)));

    public static string[] Purls(this SbomDocument document) => [.. document.Components.Select(c => c.Purl.ToString())];

    public static Component Component(this SbomDocument document, string name) => Assert.Single(document.Components, c => c.Name == name);

    public static string[] Reasons(this SbomDocument document) => [.. document.Unknowns.Select(u => u.Reason)];
}
