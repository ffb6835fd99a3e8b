using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using OssRuntime.Cli.Manifests;
using OssRuntime.Cli.Terminal;
using OssRuntime.Policy.Rules;

namespace OssRuntime.Cli.Filters;

/// <summary>
/// The flaws that a team leaves for a while, in YAML or JSON. Each needs an id, a reason and a last day, so that nothing is left for ever and nobody asks why.
/// <code>
///   ignore:
///     - {id: CVE-2026-1234, package: pkg:npm/left-pad, reason: the input is ours, until: 2027-01-31}
/// </code>
/// </summary>
internal static class IgnoreFile
{
    private static readonly string[] Fields = ["id", "package", "reason", "until"];

    /// <summary>The entries of a file.</summary>
    /// <exception cref="CommandLineException">It cannot be read, or an entry lacks something: it is named.</exception>
    public static ImmutableArray<IgnoredFlaw> Read(string path)
    {
        try
        {
            return [.. YamlJson.Read(path).SelectMany(document => Entries(path, document.Item)).Select((entry, i) => Entry(path, i + 1, entry))];
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            throw new CommandLineException(ExitCode.Unreadable, TerminalText.Safe($"--ignore {error.Message}"));
        }
    }

    private static IEnumerable<JsonElement> Entries(string path, JsonElement document) =>
        document.ValueKind == JsonValueKind.Object && document.TryGetProperty("ignore", out var list) && list.ValueKind == JsonValueKind.Array
            ? list.EnumerateArray()
            : throw Wrong(path, "it has no list 'ignore'");

    private static IgnoredFlaw Entry(string path, int number, JsonElement entry)
    {
        if (entry.ValueKind != JsonValueKind.Object)
        {
            throw Wrong(path, $"entry {number} is no object with id, reason and until");
        }

        if (entry.EnumerateObject().Select(property => property.Name).FirstOrDefault(name => !Fields.Contains(name)) is { } unknown)
        {
            throw Wrong(path, $"entry {number}: '{unknown}' is not known: the fields are {string.Join(", ", Fields)}");
        }

        var id = Needed("id");
        PackagePattern? package = null;
        if (entry.Text("package") is { } pattern && !PackagePattern.TryParse(pattern, out package, out var error))
        {
            throw Wrong(path, $"entry {number} ({id}): package {error}");
        }

        var reason = Needed("reason");
        return DateOnly.TryParseExact(Needed("until"), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var until)
            ? new IgnoredFlaw(id, package, reason, until)
            : throw Wrong(path, $"entry {number} ({id}): until is no day: write yyyy-mm-dd");

        string Needed(string field) => entry.Text(field) is { Length: > 0 } text ? text : throw Wrong(path, $"entry {number}: {field} is missing: each entry needs an id, a reason and the last day on which it holds (until)");
    }

    private static CommandLineException Wrong(string path, string what) => new(ExitCode.Unreadable, TerminalText.Safe($"--ignore {path}: {what}"));
}
