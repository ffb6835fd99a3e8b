using System.Text;
using System.Text.RegularExpressions;
using OssRuntime.Inventory.Contents;
using OssRuntime.Inventory.Packages;
using OssRuntime.Model.Packages;

namespace OssRuntime.Inventory.Extractors.Php;

/// <summary>Extensions that <c>pecl</c> installed: <c>.registry/.channel.pecl.php.net/NAME.reg</c>, a value in PHP's own serialization.</summary>
internal sealed partial class PeclExtractor : IExtractor
{
    public string Name => "pecl";

    public int Version => 1;

    public long LargestFile => 16 << 20;

    public bool Wants(ReadOnlySpan<byte> path) => path.EndsWith(".reg"u8) && path.IndexOf("/.registry/.channel.pecl.php.net/"u8) >= 0;

    public void Extract(FileContent file, ExtractionContext context)
    {
        var text = Encoding.Latin1.GetString(file.ReadAll());
        var (name, version) = (NameField().Match(text), ReleaseField().Match(text));
        if (name.Success && version.Success)
        {
            context.Add(new PackageRecord
            {
                Type = "pear",
                Name = $"pecl.php.net/{name.Groups["text"].Value}",
                Version = version.Groups["text"].Value,
                Kind = ComponentType.Library,
            });
        }
        else
        {
            context.AddUnknown("it has no name or no version");
        }
    }

    [GeneratedRegex("""s:4:"name";s:[0-9]{1,3}:"(?<text>[^"]{1,200})";""", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex NameField();

    [GeneratedRegex("""s:7:"version";a:[0-9]{1,2}:\{s:7:"release";s:[0-9]{1,3}:"(?<text>[^"]{1,200})";""", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex ReleaseField();
}
