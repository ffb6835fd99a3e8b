using System.Text.Json;
using System.Text.RegularExpressions;

namespace OssRuntime.Cli.Tests;

/// <summary>The names of all fields in a JSON document.</summary>
internal static class JsonFields
{
    public static SortedSet<string> Of(JsonElement element)
    {
        var names = new SortedSet<string>(StringComparer.Ordinal);
        Collect(element, names);
        return names;
    }

    /// <summary>Whether a text names the field as a word.</summary>
    public static bool IsNamedIn(string text, string field) =>
        Regex.IsMatch(text, $@"(?<![A-Za-z]){Regex.Escape(field)}(?![A-Za-z])", RegexOptions.None, TimeSpan.FromSeconds(1));

    private static void Collect(JsonElement element, SortedSet<string> names)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var property in element.EnumerateObject())
                {
                    names.Add(property.Name);
                    Collect(property.Value, names);
                }

                break;
            case JsonValueKind.Array:
                foreach (var item in element.EnumerateArray())
                {
                    Collect(item, names);
                }

                break;
        }
    }
}
