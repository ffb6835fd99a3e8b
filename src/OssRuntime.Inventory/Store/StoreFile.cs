using Microsoft.Data.Sqlite;

namespace OssRuntime.Inventory.Store;

/// <summary>The SQLite file of a store: begun where there is none, put aside where it is damaged or of another schema.</summary>
internal sealed class StoreFile : IDisposable
{
    private const int Schema = 2;

    // Result codes of SQLite (sqlite.org/rescode.html).
    private const int Corrupt = 11;
    private const int NotADatabase = 26;

    private const string Tables = """
        CREATE TABLE layers (digest TEXT PRIMARY KEY, catalog TEXT NOT NULL, used INTEGER NOT NULL, content BLOB NOT NULL);
        CREATE TABLE inventories (digest TEXT, platform TEXT, catalog TEXT NOT NULL, content BLOB NOT NULL, PRIMARY KEY (digest, platform));
        CREATE TABLE parts (digest TEXT, platform TEXT, layer TEXT, PRIMARY KEY (digest, platform, layer)) WITHOUT ROWID;
        CREATE INDEX parts_by_layer ON parts (layer);
        """;

    // Came later, to stores that were there: whoever does not know it is not disturbed.
    private const string LaterTables =
        "CREATE TABLE IF NOT EXISTS vex (digest TEXT, platform TEXT, catalog TEXT NOT NULL, content BLOB NOT NULL, PRIMARY KEY (digest, platform));"
        + "CREATE TABLE IF NOT EXISTS readings (digest TEXT, platform TEXT, catalog TEXT NOT NULL, unended INTEGER NOT NULL, failure TEXT, PRIMARY KEY (digest, platform))";

    private readonly string _path;
    private readonly IStoreObserver _observer;
    private readonly string _connection;

    /// <summary>Opens the file.</summary>
    /// <param name="path">Its directory must be there.</param>
    /// <param name="observer">Is told if the file had to be begun anew.</param>
    /// <exception cref="IOException">It can neither be opened nor begun.</exception>
    public StoreFile(string path, IStoreObserver observer)
    {
        _path = Path.GetFullPath(path);
        _observer = observer;
        _connection = new SqliteConnectionStringBuilder { DataSource = _path, DefaultTimeout = 30 }.ToString();
        if (TryBegin() is { } reason)
        {
            PutAside(reason);
        }
    }

    /// <summary>True where an error means that the file is no good any more.</summary>
    public static bool IsDamage(SqliteException error) => error.SqliteErrorCode is Corrupt or NotADatabase;

    /// <summary>A connection, out of the pool where one is free.</summary>
    public SqliteConnection Connect()
    {
        var connection = new SqliteConnection(_connection);
        try
        {
            connection.Open();
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Moves the file away and begins a new one. Nobody may be using it. A file that is sound after all is left.</summary>
    /// <exception cref="IOException">A new one cannot be begun.</exception>
    public void PutAside(string reason)
    {
        Dispose();
        if (TryBegin() is null && IsSound())
        {
            return;
        }

        Dispose();
        foreach (var ending in (ReadOnlySpan<string>)["", "-wal", "-shm"])
        {
            if (File.Exists(_path + ending))
            {
                File.Move(_path + ending, $"{_path}.damaged{ending}", overwrite: true);
            }
        }

        _observer.Troubled($"the inventory store was put aside as '{Path.GetFileName(_path)}.damaged' and begun anew, images are read again: {reason}");
        if (TryBegin() is { } still)
        {
            throw new IOException($"the inventory store '{_path}' cannot be begun: {still}");
        }
    }

    /// <summary>Closes the connections that are free.</summary>
    public void Dispose()
    {
        using var connection = new SqliteConnection(_connection);
        SqliteConnection.ClearPool(connection);
    }

    /// <summary>Null where the file is a store now, else what it is.</summary>
    private string? TryBegin()
    {
        try
        {
            using var connection = Connect();
            Execute(connection, "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL");
            var found = (long)Scalar(connection, "PRAGMA user_version")!;
            if (found == 0)
            {
                Execute(connection, $"BEGIN IMMEDIATE; {Tables} PRAGMA user_version = {Schema}; COMMIT");
            }

            if (found is 0 or Schema)
            {
                Execute(connection, LaterTables);
            }

            return found is 0 or Schema ? null : $"it is of schema {found}, not {Schema}";
        }
        catch (SqliteException e) when (IsDamage(e))
        {
            return e.Message;
        }
        catch (SqliteException e)
        {
            throw new IOException($"the inventory store '{_path}' cannot be opened: {e.Message}", e);
        }
    }

    private bool IsSound()
    {
        try
        {
            using var connection = Connect();
            return Scalar(connection, "PRAGMA quick_check(1)") is "ok";
        }
        catch (SqliteException)
        {
            return false;
        }
    }

    private static void Execute(SqliteConnection connection, string text) => Scalar(connection, text);

    private static object? Scalar(SqliteConnection connection, string text)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // All texts are constants of this type.
        command.CommandText = text;
#pragma warning restore CA2100
        return command.ExecuteScalar();
    }
}
