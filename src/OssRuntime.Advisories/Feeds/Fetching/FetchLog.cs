using System.Collections.Immutable;

namespace OssRuntime.Advisories.Feeds.Fetching;

/// <summary>What became of each file of one fetching, in the order in which that was known; several files may be on their way at a time.</summary>
internal sealed class FetchLog(TimeProvider time, IProgress<string>? progress)
{
    private readonly Lock _lock = new();
    private readonly List<FetchedFile> _files = [];

    /// <summary>The present instant.</summary>
    public DateTimeOffset Now => time.GetUtcNow();

    /// <summary>A file is asked for.</summary>
    public void Begin(string path) => progress?.Report(path);

    /// <summary>What became of one.</summary>
    public void Add(FetchedFile file)
    {
        lock (_lock)
        {
            _files.Add(file);
        }
    }

    /// <summary>All that was added.</summary>
    public ImmutableArray<FetchedFile> ToImmutable()
    {
        lock (_lock)
        {
            return [.. _files];
        }
    }
}
