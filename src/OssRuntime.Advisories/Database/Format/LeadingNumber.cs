namespace OssRuntime.Advisories.Database.Format;

/// <summary>
/// The number that a version begins with. Every order there is compares it first, so where two versions have different ones nothing else need
/// be read, and most rows of a package are about another major release. A test holds every order to that on all versions of the real feeds.
/// </summary>
internal static class LeadingNumber
{
    /// <summary>Nothing to compare by.</summary>
    public const int None = -1;

    private const int MostDigits = 8;

    /// <summary>
    /// The number, or <see cref="None"/> for a version that does not begin with one, or where it is an epoch (<c>1:</c>, <c>1!</c>).
    /// </summary>
    public static int Of(ReadOnlySpan<byte> version)
    {
        var start = version.Length > 0 && version[0] == 'v' ? 1 : 0;
        var (number, at) = (0, start);
        for (; at < version.Length && version[at] is >= (byte)'0' and <= (byte)'9'; at++)
        {
            if (at - start >= MostDigits)
            {
                return None;
            }

            number = (number * 10) + version[at] - '0';
        }

        return at == start || (at < version.Length && version[at] is (byte)':' or (byte)'!') ? None : number;
    }
}
