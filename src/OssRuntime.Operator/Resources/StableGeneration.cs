namespace OssRuntime.Operator.Resources;

/// <summary>
/// The generation in a report is the one that its content dates from. A new database that changes nothing for an object leaves the object
/// alone: otherwise each update would rewrite every object of the cluster.
/// </summary>
internal static class StableGeneration
{
    /// <summary>The report, under the generation of the one before where they say the same.</summary>
    public static ImageInventory Of(ImageInventory now, ImageInventory? before)
    {
        if (before?.Report is not { } old || now.Report is not { } report)
        {
            return now;
        }

        var dated = now with { Report = report with { Generation = old.Generation, NewestRecord = old.NewestRecord } };
        return Same(dated.Content(), before.Content()) ? dated : now;
    }

    /// <summary>The report, under the generation of the one before where they say the same.</summary>
    public static WorkloadReport Of(WorkloadReport now, WorkloadReport? before)
    {
        if (before?.Report is not { } old || now.Report is not { } report)
        {
            return now;
        }

        var dated = now with { Report = report with { Generation = old.Generation, NewestRecord = old.NewestRecord } };
        return Same(dated.Content(), before.Content()) ? dated : now;
    }

    private static bool Same(byte[] left, byte[] right) => left.AsSpan().SequenceEqual(right);
}
