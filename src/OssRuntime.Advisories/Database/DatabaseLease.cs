namespace OssRuntime.Advisories.Database;

/// <summary>The right to read a database: it stays open until the lease is given back.</summary>
public sealed class DatabaseLease : IDisposable
{
    private AdvisoryDatabase? _database;

    internal DatabaseLease(AdvisoryDatabase database) => _database = database;

    /// <summary>The database.</summary>
    /// <exception cref="ObjectDisposedException">The lease was given back.</exception>
    public AdvisoryDatabase Database => _database ?? throw new ObjectDisposedException(nameof(DatabaseLease));

    /// <inheritdoc/>
    public void Dispose() => Interlocked.Exchange(ref _database, null)?.Release();
}
