using OssRuntime.Advisories.Database;
using OssRuntime.Cli.Terminal;

namespace OssRuntime.Cli.Output;

/// <summary>Prints what a database holds: a table of records read, kept and skipped per source, with reasons.</summary>
internal static class DatabaseReport
{
    public static void Write(TextWriter output, DatabaseInfo info)
    {
        output.WriteLine($"generation   {info.Generation}");
        output.WriteLine($"schema       {info.Schema}");
        output.WriteLine($"newest       {info.NewestRecord?.ToString("u") ?? "-"}");
        output.WriteLine($"size         {info.FileLength / 1048576.0:0.0} MiB, of which matching reads {info.MatchingLength / 1048576.0:0.0} MiB");
        output.WriteLine($"advisories   {info.Advisories} on {info.Packages} packages, {info.Flaws} flaws, {info.Exploited} of them exploited, {info.PublicExploits} with a public exploit");
        output.WriteLine();
        output.WriteLine($"{"source",-28}{"read",9}{"kept",9}{"withdrawn",11}{"duplicate",11}{"skipped",9}{"trimmed",9}  newest");
        foreach (var source in info.Sources)
        {
            output.WriteLine(
                $"{source.Name,-28}{source.Read,9}{source.Kept,9}{source.Withdrawn,11}{source.Duplicates,11}{source.Skipped,9}{source.Trimmed,9}  {source.Newest?.ToString("yyyy-MM-dd") ?? "-"}");
            if (source.Held is { } lost)
            {
                output.WriteLine($"    the data is that of an earlier build, because the source {lost}");
            }

            foreach (var reason in source.Reasons)
            {
                output.WriteLine($"    {reason.Records} x {reason.Reason}: {string.Join(", ", reason.Examples)}");
            }

            foreach (var failure in source.Failures)
            {
                output.WriteLine($"    {failure.File}: {failure.Reason}");
            }
        }

        foreach (var trouble in info.Troubles)
        {
            output.WriteLine($"not fetched  {trouble.Path}: {TerminalText.Safe(trouble.Reason)}; {(trouble.CopyFrom is { } copy ? $"the copy of {copy:u} was read" : "its data is missing")}");
        }

        foreach (var held in info.HeldBack)
        {
            output.WriteLine($"held back    {held}");
        }

        foreach (var refused in info.RefusedGroups)
        {
            output.WriteLine($"not grouped  {refused}");
        }
    }
}
