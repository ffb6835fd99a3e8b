using System.Text;
using OssRuntime.Inventory.Contents;
using OssRuntime.Inventory.Extractors.Text;
using OssRuntime.Inventory.Packages;
using OssRuntime.Model.Packages;

namespace OssRuntime.Inventory.Extractors.Runtimes;

/// <summary>A Java runtime, by the file <c>release</c> in its directory: lines of <c>KEY="value"</c>.</summary>
internal sealed class JavaRuntimeExtractor : IExtractor
{
    public string Name => "java-runtime";

    public int Version => 1;

    public long LargestFile => 1 << 20;

    public bool Wants(ReadOnlySpan<byte> path) => path.EndsWith("/release"u8);

    public void Extract(FileContent file, ExtractionContext context)
    {
        string? version = null, vendor = null;
        var lines = new LineReader(file.ReadAll());
        while (lines.MoveNext())
        {
            var line = Encoding.UTF8.GetString(lines.Line);
            version = line.StartsWith("JAVA_VERSION=", StringComparison.Ordinal) ? line["JAVA_VERSION=".Length..].Trim('"') : version;
            vendor = line.StartsWith("IMPLEMENTOR=", StringComparison.Ordinal) ? line["IMPLEMENTOR=".Length..].Trim('"') : vendor;
        }

        if (version is { Length: > 0 })
        {
            var (name, cpe) = NameOf(vendor ?? "");
            context.Add(new PackageRecord
            {
                Type = "generic",
                Name = name,
                Version = version,
                Kind = ComponentType.Runtime,
                Vendor = vendor,
                Cpe = $"cpe:2.3:a:{cpe}:{version}:*:*:*:*:*:*:*",
            });
        }
    }

    private static (string Name, string Cpe) NameOf(string vendor) => vendor switch
    {
        "Eclipse Adoptium" or "Eclipse Foundation" => ("temurin", "eclipse:temurin"),
        "Amazon.com Inc." => ("corretto", "amazon:corretto"),
        "Azul Systems, Inc." => ("zulu", "azul:zulu"),
        "Microsoft" => ("microsoft-openjdk", "microsoft:openjdk"),
        "Oracle Corporation" => ("jdk", "oracle:jdk"),
        "GraalVM Community" => ("graalvm", "oracle:graalvm"),
        _ => ("openjdk", "oracle:openjdk"),
    };
}
