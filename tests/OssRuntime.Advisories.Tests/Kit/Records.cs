namespace OssRuntime.Advisories.Tests.Kit;

/// <summary>OSV records in one line.</summary>
internal static class Records
{
    /// <summary>A record about one package; <paramref name="affected"/> is what follows the package in its entry.</summary>
    public static string Of(string id, string ecosystem, string name, string affected, string more = "") =>
        $$"""
        { "id": "{{id}}", "modified": "2026-01-02T03:04:05Z", "summary": "about {{name}}", {{more}}
          "affected": [ { "package": { "ecosystem": "{{ecosystem}}", "name": "{{name}}" }, {{affected}} } ] }
        """;

    /// <summary>A record with one range of the ecosystem's own order, events written <c>introduced 0, fixed 1.2</c>.</summary>
    public static string Range(string id, string ecosystem, string name, string events, string more = "") =>
        Of(id, ecosystem, name, Ranges(events), more);

    /// <summary>The property <c>ranges</c>, one range for each text.</summary>
    public static string Ranges(params string[] ranges) =>
        $"\"ranges\": [ {string.Join(", ", ranges.Select(events => $"{{ \"type\": \"ECOSYSTEM\", \"events\": [ {Events(events)} ] }}"))} ]";

    /// <summary>The property <c>versions</c>.</summary>
    public static string Versions(params string[] versions) => $"\"versions\": [ {string.Join(", ", versions.Select(version => $"\"{version}\""))} ]";

    private static string Events(string text) => string.Join(
        ", ",
        text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(e => e.Split(' '))
            .Select(e => $"{{ \"{e[0]}\": \"{e[1]}\" }}"));
}
