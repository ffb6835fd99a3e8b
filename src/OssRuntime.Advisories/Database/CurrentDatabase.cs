namespace OssRuntime.Advisories.Database;

/// <summary>The generation that is in use. A swap takes effect for the next reader; those who hold the old one keep it until they are done.</summary>
public sealed class CurrentDatabase : IDisposable
{
    private AdvisoryDatabase? _database;

    /// <summary>The generation's name, or null where there is none yet.</summary>
    public string? Generation => Volatile.Read(ref _database)?.Generation;

    /// <summary>A lease on the current generation, or null where there is none yet.</summary>
    public DatabaseLease? Lease()
    {
        // One that is swapped out between the two steps may be closed already; its successor is there by then.
        AdvisoryDatabase? closed = null;
        while (Volatile.Read(ref _database) is { } database && database != closed)
        {
            if (database.TryHold())
            {
                return new DatabaseLease(database);
            }

            closed = database;
        }

        return null;
    }

    /// <summary>Puts another generation in place and takes ownership of it.</summary>
    public void Swap(AdvisoryDatabase next) => Interlocked.Exchange(ref _database, next)?.Dispose();

    /// <inheritdoc/>
    public void Dispose() => Interlocked.Exchange(ref _database, null)?.Dispose();
}
