using OssRuntime.Inventory.Contents;

namespace OssRuntime.Inventory.Extractors.Executables;

/// <summary>Moves a window over a program as long as some search has to see more; what none has to see is gone over uncopied.</summary>
internal static class ProgramScan
{
    /// <summary>Bytes that are shown a second time.</summary>
    public const int Overlap = 4096;

    /// <summary>Runs the searches.</summary>
    /// <param name="window">At the start of the file.</param>
    /// <param name="end">The first place that is not looked at; the window stays before it.</param>
    /// <param name="searches">Who looks.</param>
    public static void Run(ForwardWindow window, long end, params ReadOnlySpan<IProgramSearch> searches)
    {
        var position = window.Position;
        while (Next(searches, position) is { } next && next < end && window.MoveTo(next))
        {
            var isWhole = window.Fill(ForwardWindow.Largest);
            var bytes = window.Bytes;
            if (bytes.Length >= end - next)
            {
                bytes = bytes[..(int)(end - next)];
                isWhole = false;
            }

            foreach (var search in searches)
            {
                search.Look(next, bytes, !isWhole);
            }

            if (!isWhole)
            {
                return;
            }

            position = next + bytes.Length - Overlap;
        }
    }

    private static long? Next(ReadOnlySpan<IProgramSearch> searches, long from)
    {
        long? next = null;
        foreach (var search in searches)
        {
            if (search.NextWanted(from) is { } wanted && !(next <= wanted))
            {
                next = wanted;
            }
        }

        return next;
    }
}
