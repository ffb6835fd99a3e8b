using System.Text;

namespace OssRuntime.Advisories.Feeds;

/// <summary>Reads lines of which none is longer than it may be: a file without line ends is not taken into memory.</summary>
internal static class BoundedLines
{
    /// <summary>The next line; null at the end.</summary>
    /// <exception cref="FeedFileException">The line is longer than any real one.</exception>
    public static string? Next(StreamReader source, int longest)
    {
        if (source.Peek() < 0 && source.EndOfStream)
        {
            return null;
        }

        var line = new StringBuilder();
        int next;
        while ((next = source.Read()) >= 0 && next != '\n')
        {
            line.Append((char)next);
            if (line.Length > longest)
            {
                throw new FeedFileException($"a line is longer than {longest} characters");
            }
        }

        return line.Length > 0 && line[^1] == '\r' ? line.ToString(0, line.Length - 1) : line.ToString();
    }
}
