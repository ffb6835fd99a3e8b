using System.Text;
using OssRuntime.Advisories.Database.Format;
using OssRuntime.Advisories.Database.Reading;
using OssRuntime.Model.Advisories;
using OssRuntime.Model.Versions;

namespace OssRuntime.Advisories.Matching;

/// <summary>
/// The evaluation algorithm of the OSV schema ("Evaluation"): a version is affected where it is listed, or where the last event at or before
/// it in some range begins one and a limit, if there are any, lies beyond it. Events stand in the file in the order of their versions.
/// </summary>
internal static class RowEvaluator
{
    private const int LongestVersion = 512;

    /// <summary>Judges a version.</summary>
    /// <param name="row">The row.</param>
    /// <param name="version">The version, and how it is to be compared.</param>
    /// <param name="range">The number of the range that holds the version, or -1.</param>
    public static RowOutcome Evaluate(Row row, ComparedVersion version, out int range)
    {
        var statement = row.Statement;
        StatementLayout.SkipVectors(ref statement);
        range = -1;
        var comparable = true;
        var ranges = statement.Varint();
        for (var i = 0; i < ranges; i++)
        {
            var order = version.OrderFor((RangeType)statement.Byte());
            comparable &= order is not null;
            var holds = Holds(ref statement, order, version);
            range = range < 0 && holds ? i : range;
        }

        if (range >= 0 && !row.Flags.HasFlag(RowFlags.Wildcard))
        {
            return RowOutcome.InRange;
        }

        return IsListed(ref statement, version) ? RowOutcome.Listed
            : range >= 0 ? RowOutcome.InRange
            : comparable && !row.Flags.HasFlag(RowFlags.Incomparable) ? RowOutcome.NotAffected
            : RowOutcome.NotComparable;
    }

    /// <summary>Reads a version of the file.</summary>
    private static ReadOnlySpan<char> Decode(ReadOnlySpan<byte> text, Span<char> buffer) =>
        Encoding.UTF8.TryGetChars(text, buffer, out var length) ? buffer[..length] : throw ByteReader.Damaged();

    private static bool Holds(ref ByteReader statement, IVersionOrder? order, ComparedVersion version)
    {
        var affected = false;
        var (limited, below) = (false, false);
        for (var events = statement.Varint(); events > 0; events--)
        {
            var type = statement.Byte();
            if ((type & StatementLayout.FromTheFirst) != 0)
            {
                affected = true;
                continue;
            }

            var text = statement.Text();
            if (order is null)
            {
                affected = false;
                continue;
            }

            var compared = version.CompareTo(text, order);
            switch ((RangeEventType)type)
            {
                case RangeEventType.Introduced:
                    affected |= compared >= 0;
                    break;
                case RangeEventType.Fixed:
                    affected &= compared < 0;
                    break;
                case RangeEventType.LastAffected:
                    affected &= compared <= 0;
                    break;
                case RangeEventType.Limit:
                    (limited, below) = (true, below || compared < 0);
                    break;
            }
        }

        return affected && (!limited || below);
    }

    /// <summary>
    /// Versions are listed as the ecosystem spells them; one that is spelt otherwise and equal in its order (<c>1.0</c> and <c>1.0.0</c> of
    /// PyPI) is the same version.
    /// </summary>
    private static bool IsListed(ref ByteReader statement, ComparedVersion version)
    {
        Span<char> buffer = stackalloc char[LongestVersion];
        var order = version.OrderFor(RangeType.Ecosystem);
        for (var versions = statement.Varint(); versions > 0; versions--)
        {
            var text = statement.Text();
            if (text.SequenceEqual(version.Utf8))
            {
                return true;
            }

            if (order is null || !MayBeEqual(text, version.Utf8))
            {
                continue;
            }

            var listed = Decode(text, buffer);
            if (version.Equals(listed, order))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Spellings of one version begin with the same digit, a "v" aside.</summary>
    private static bool MayBeEqual(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        left = left.TrimStart("vV"u8);
        right = right.TrimStart("vV"u8);
        return left.Length > 0 && right.Length > 0 && left[0] == right[0];
    }
}
