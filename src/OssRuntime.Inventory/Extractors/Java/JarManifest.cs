using System.Text;
using OssRuntime.Inventory.Extractors.Text;

namespace OssRuntime.Inventory.Extractors.Java;

/// <summary>The main section of a jar's manifest (JAR file specification, "JAR Manifest"): lines of 72 bytes, folded with a blank.</summary>
internal sealed class JarManifest
{
    private const int LongestValue = 4096;

    private readonly Dictionary<string, string> _values = new(StringComparer.OrdinalIgnoreCase);

    public JarManifest(ReadOnlySpan<byte> text)
    {
        var value = new StringBuilder();
        string? key = null;
        var lines = new LineReader(text);
        while (lines.MoveNext() && !lines.Line.IsEmpty)
        {
            if (lines.Line[0] == ' ')
            {
                if (value.Length < LongestValue)
                {
                    value.Append(Encoding.UTF8.GetString(lines.Line[1..]));
                }

                continue;
            }

            Put(key, value);
            var colon = lines.Line.IndexOf((byte)':');
            key = colon < 1 ? null : Encoding.UTF8.GetString(lines.Line[..colon]);
            value.Clear().Append(colon < 1 ? "" : Encoding.UTF8.GetString(lines.Line[(colon + 1)..]));
        }

        Put(key, value);
    }

    /// <summary>The value of an attribute, or null where it is absent, empty or an unfilled variable.</summary>
    public string? this[string name] => _values.TryGetValue(name, out var value) && PomProperties.IsStated(value) ? value : null;

    private void Put(string? key, StringBuilder value)
    {
        if (key is not null)
        {
            _values.TryAdd(key, value.ToString().Trim());
        }
    }
}
