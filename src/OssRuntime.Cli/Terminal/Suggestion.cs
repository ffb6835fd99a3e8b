namespace OssRuntime.Cli.Terminal;

/// <summary>Finds what somebody meant who mistyped a name.</summary>
internal static class Suggestion
{
    private const int MostEdits = 3;
    private const int ShortestName = 4;

    /// <summary>The nearest of the names, or null where none is near.</summary>
    public static string? For(string word, IEnumerable<string> names) =>
        names.Select(name => (Name: name, Edits: Distance(word, name)))
            .Where(pair => pair.Name.Length >= ShortestName && pair.Edits <= Math.Min(MostEdits, pair.Name.Length / 2))
            .OrderBy(pair => pair.Edits)
            .ThenBy(pair => pair.Name, StringComparer.Ordinal)
            .Select(pair => pair.Name)
            .FirstOrDefault();

    /// <summary>The question to ask, with a space before it; empty where no name is near.</summary>
    public static string Question(string word, IEnumerable<string> names) => For(word, names) is { } name ? $" Did you mean {name}?" : "";

    // Levenshtein's distance, by rows.
    private static int Distance(string left, string right)
    {
        var row = Enumerable.Range(0, right.Length + 1).ToArray();
        for (var i = 1; i <= left.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var replaced = diagonal + (left[i - 1] == right[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[right.Length];
    }
}
