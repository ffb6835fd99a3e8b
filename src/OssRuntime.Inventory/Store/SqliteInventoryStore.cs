using Microsoft.Data.Sqlite;
using OssRuntime.Model.Images;
using OssRuntime.Model.Inventories;

namespace OssRuntime.Inventory.Store;

/// <summary>
/// The store in one SQLite file (write-ahead log, one connection). A file that is damaged or of another schema is put aside and begun anew:
/// all that is lost is the reading. Trouble while working, such as a full disk, is told to <c>trouble</c> and answered with nothing.
/// </summary>
public sealed class SqliteInventoryStore : IInventoryStore, IDisposable
{
    private const int Schema = 1;

    // Result codes of SQLite (sqlite.org/rescode.html).
    private const int Corrupt = 11;
    private const int NotADatabase = 26;

    private readonly Lock _gate = new();
    private readonly SqliteConnection _connection;
    private readonly Action<string> _trouble;

    private SqliteInventoryStore(SqliteConnection connection, Action<string> trouble) => (_connection, _trouble) = (connection, trouble);

    /// <summary>Opens the store, or begins it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="trouble">Is told what goes wrong, in a sentence.</param>
    /// <exception cref="SqliteException">The file cannot be opened or made.</exception>
    public static SqliteInventoryStore Open(string path, Action<string> trouble)
    {
        try
        {
            return new SqliteInventoryStore(Connect(path), trouble);
        }
        catch (SqliteException error) when (error.SqliteErrorCode is Corrupt or NotADatabase)
        {
            PutAside(path);
            trouble($"the inventory store was damaged ({error.Message}): it was put aside and begun anew, images are read again");
            return new SqliteInventoryStore(Connect(path), trouble);
        }
    }

    /// <inheritdoc/>
    public byte[]? GetLayer(Digest layer, string catalog) =>
        Get("SELECT content FROM layers WHERE digest = $digest AND catalog = $catalog", ("$digest", layer.Value), ("$catalog", catalog));

    /// <inheritdoc/>
    public void PutLayer(Digest layer, string catalog, ReadOnlySpan<byte> index) =>
        Run(
            "INSERT OR REPLACE INTO layers (digest, catalog, content) VALUES ($digest, $catalog, $content)",
            ("$digest", layer.Value),
            ("$catalog", catalog),
            ("$content", index.ToArray()));

    /// <inheritdoc/>
    public ComponentInventory? GetInventory(Digest image, Platform platform, string catalog) =>
        Get(
            "SELECT content FROM inventories WHERE digest = $digest AND platform = $platform AND catalog = $catalog",
            ("$digest", image.Value),
            ("$platform", platform.ToString()),
            ("$catalog", catalog)) is { } content
            ? InventoryCodec.Decode(content)
            : null;

    /// <inheritdoc/>
    public void PutInventory(Digest image, Platform platform, string catalog, ComponentInventory inventory) =>
        Run(
            "INSERT OR REPLACE INTO inventories (digest, platform, catalog, content) VALUES ($digest, $platform, $catalog, $content)",
            ("$digest", image.Value),
            ("$platform", platform.ToString()),
            ("$catalog", catalog),
            ("$content", InventoryCodec.Encode(inventory)));

    /// <inheritdoc/>
    public void ForgetInventory(Digest image, Platform platform) =>
        Run(
            "DELETE FROM inventories WHERE digest = $digest AND platform = $platform",
            ("$digest", image.Value),
            ("$platform", platform.ToString()));

    /// <inheritdoc/>
    public void Dispose() => _connection.Dispose();

    private static SqliteConnection Connect(string path)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        try
        {
            connection.Open();
            Execute(connection, "PRAGMA journal_mode = WAL");
            Execute(connection, "PRAGMA synchronous = NORMAL");
            var found = Convert.ToInt32(Scalar(connection, "PRAGMA user_version"));
            if (found != Schema)
            {
                // What another version kept can be read again from the images.
                Execute(connection, "DROP TABLE IF EXISTS layers; DROP TABLE IF EXISTS inventories");
                Execute(connection, "CREATE TABLE layers (digest TEXT, catalog TEXT, content BLOB NOT NULL, PRIMARY KEY (digest, catalog))");
                Execute(
                    connection,
                    "CREATE TABLE inventories (digest TEXT, platform TEXT, catalog TEXT, content BLOB NOT NULL, PRIMARY KEY (digest, platform, catalog))");
                Execute(connection, $"PRAGMA user_version = {Schema}");
            }

            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private static void PutAside(string path)
    {
        File.Move(path, path + ".damaged", overwrite: true);
        File.Delete(path + "-wal");
        File.Delete(path + "-shm");
    }

    private byte[]? Get(string sql, params ReadOnlySpan<(string Name, object Value)> parameters)
    {
        lock (_gate)
        {
            try
            {
                using var command = Command(sql, parameters);
                return command.ExecuteScalar() as byte[];
            }
            catch (SqliteException error)
            {
                _trouble($"the inventory store could not be read: {error.Message}");
                return null;
            }
        }
    }

    private void Run(string sql, params ReadOnlySpan<(string Name, object Value)> parameters)
    {
        lock (_gate)
        {
            try
            {
                using var command = Command(sql, parameters);
                command.ExecuteNonQuery();
            }
            catch (SqliteException error)
            {
                _trouble($"the inventory store could not be written: {error.Message}");
            }
        }
    }

    private SqliteCommand Command(string sql, ReadOnlySpan<(string Name, object Value)> parameters)
    {
        var command = _connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in parameters)
        {
            command.Parameters.AddWithValue(name, value);
        }

        return command;
    }

    private static void Execute(SqliteConnection connection, string sql) => Scalar(connection, sql);

    private static object? Scalar(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }
}
