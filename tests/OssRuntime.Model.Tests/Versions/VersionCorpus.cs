namespace OssRuntime.Model.Tests.Versions;

/// <summary>
/// The files <c>Versions/*/testdata/*.txt</c>: a line is <c>A &lt; B</c>, <c>A = B</c> or <c>A &gt; B</c>, or <c>! A</c> for a version that is refused; lines
/// that begin with <c>#</c> are remarks. The name of the file is the name of the order.
/// </summary>
internal static class VersionCorpus
{
    public static IEnumerable<string> Files() =>
        Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "Versions"), "*.txt", SearchOption.AllDirectories).Order(StringComparer.Ordinal);

    public static IEnumerable<string> Lines(string orderName)
    {
        var file = Files().Single(file => Path.GetFileNameWithoutExtension(file) == orderName);
        return File.ReadLines(file).Where(line => line.Length > 0 && line[0] != '#');
    }

    public static IEnumerable<string> Versions(string orderName) =>
        Lines(orderName).Where(line => line[0] != '!').SelectMany(line => line.Split(' ')).Where(word => word is not ("<" or "=" or ">")).Distinct();
}
