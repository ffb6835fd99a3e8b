using OssRuntime.Advisories.Database.Format;
using OssRuntime.Model.Severities;

namespace OssRuntime.Advisories.Database.Reading;

/// <summary>
/// The strings that many advisories share, each decoded at most once: sources, severity words, vectors with their scores. There are a few thousand
/// of them, whatever the number of advisories.
/// </summary>
internal sealed class StringCache
{
    private readonly string[] _sources;
    private readonly string[] _texts;
    private readonly Parsed?[] _vectors;

    public StringCache(StringTable strings, StringTable sources)
    {
        _sources = All(sources);
        _texts = All(strings);
        _vectors = new Parsed?[_texts.Length];
    }

    /// <summary>A source's name.</summary>
    public string Source(uint number) => number < (uint)_sources.Length ? _sources[number] : throw ByteReader.Damaged();

    /// <summary>A string.</summary>
    public string Text(uint number) => number < (uint)_texts.Length ? _texts[number] : throw ByteReader.Damaged();

    /// <summary>The vector that a string is, or null where it is none.</summary>
    public CvssVector? Vector(uint number)
    {
        if (number >= (uint)_vectors.Length)
        {
            throw ByteReader.Damaged();
        }

        // Two threads may parse one vector at the same time; they come to the same answer.
        var parsed = Volatile.Read(ref _vectors[number]);
        if (parsed is null)
        {
            parsed = new Parsed(CvssVector.TryParse(_texts[number], out var vector, out _) ? vector : null);
            Volatile.Write(ref _vectors[number], parsed);
        }

        return parsed.Vector;
    }

    private static string[] All(StringTable table)
    {
        var texts = new string[table.Count];
        for (var i = 0; i < texts.Length; i++)
        {
            texts[i] = table.Text((uint)i);
        }

        return texts;
    }

    private sealed record Parsed(CvssVector? Vector);
}
