using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Data.Sqlite;
using OssRuntime.Model.Images;
using OssRuntime.Model.Inventories;

namespace OssRuntime.Inventory.Store;

/// <summary>
/// The store in one SQLite file: one writer, any number of readers. A file that is damaged, also while it is used, is put aside and begun
/// anew; a disk that is full, or a write that fails otherwise, costs what was to be written and nothing else. Both are told as trouble.
/// </summary>
public sealed class SqliteInventoryStore : IInventoryStore, IAttachedVexStore, IReadingStore, IDisposable
{
    /// <summary>How many readings are remembered: whoever makes images without end makes the oldest be tried again.</summary>
    private const int MostReadings = 10_000;

    /// <summary>How long a layer is kept that no image has: the next build of an image often stands on it.</summary>
    private static readonly TimeSpan LooseLayers = TimeSpan.FromDays(7);

    private readonly StoreFile _file;
    private readonly TimeProvider _time;
    private readonly IStoreObserver _observer;
    private readonly ReaderWriterLockSlim _swap = new();
    private readonly Lock _writing = new();
    private readonly ConcurrentDictionary<Digest, bool> _asked = new();

    private SqliteInventoryStore(StoreFile file, IStoreObserver observer, TimeProvider time) => (_file, _observer, _time) = (file, observer, time);

    /// <summary>Opens the store, or begins it.</summary>
    /// <param name="path">The file. Its directory must be there.</param>
    /// <param name="observer">Is told what goes wrong.</param>
    /// <param name="time">The clock that layers age by; the system's where none is given.</param>
    /// <exception cref="IOException">The file can neither be opened nor begun.</exception>
    public static SqliteInventoryStore Open(string path, IStoreObserver observer, TimeProvider? time = null) =>
        new(new StoreFile(path, observer), observer, time ?? TimeProvider.System);

    /// <inheritdoc/>
    public byte[]? GetLayer(Digest layer, string catalog)
    {
        _asked[layer] = true;
        return GetContent("SELECT content FROM layers WHERE digest = $a AND catalog = $b", layer.Value, KeyOf(catalog));
    }

    /// <inheritdoc/>
    public void PutLayer(Digest layer, string catalog, ReadOnlySpan<byte> index)
    {
        var content = index.ToArray();
        Write(run => run(
            "INSERT OR REPLACE INTO layers (digest, catalog, used, content) VALUES ($a, $b, $c, $d)",
            [layer.Value, KeyOf(catalog), Now(), content]));
    }

    /// <inheritdoc/>
    public ComponentInventory? GetInventory(Digest image, Platform platform, string catalog) => InventoryCodec.Decode(GetContent(
        "SELECT content FROM inventories WHERE digest = $a AND platform = $b AND catalog = $c",
        image.Value,
        platform.ToString(),
        KeyOf(catalog)));

    /// <inheritdoc/>
    public void PutInventory(Digest image, Platform platform, string catalog, ComponentInventory inventory, IReadOnlyCollection<Digest> layers)
    {
        var content = InventoryCodec.Encode(inventory);
        Write(run =>
        {
            Delete(run, image, platform);
            run(
                "INSERT INTO inventories (digest, platform, catalog, content) VALUES ($a, $b, $c, $d)",
                [image.Value, platform.ToString(), KeyOf(catalog), content]);
            foreach (var layer in layers)
            {
                run("INSERT OR IGNORE INTO parts (digest, platform, layer) VALUES ($a, $b, $c)", [image.Value, platform.ToString(), layer.Value]);
            }
        });
    }

    /// <inheritdoc/>
    public KeptVex? GetVex(Digest image, Platform platform, string choices) => KeptVex.Decode(GetContent(
        "SELECT content FROM vex WHERE digest = $a AND platform = $b AND catalog = $c",
        image.Value,
        platform.ToString(),
        KeyOf(choices)));

    /// <inheritdoc/>
    public void PutVex(Digest image, Platform platform, string choices, KeptVex vex)
    {
        var content = vex.Encode();
        Write(run => run(
            "INSERT OR REPLACE INTO vex (digest, platform, catalog, content) VALUES ($a, $b, $c, $d)",
            [image.Value, platform.ToString(), KeyOf(choices), content]));
    }

    /// <inheritdoc/>
    public KeptReading? GetReading(Digest image, Platform platform, string readers) => Read(
        connection =>
        {
            using var command = Command(
                connection, null, "SELECT unended, failure FROM readings WHERE digest = $a AND platform = $b AND catalog = $c", [image.Value, platform.ToString(), KeyOf(readers)]);
            using var row = command.ExecuteReader();
            return row.Read() ? new KeptReading(row.GetInt32(0), row.IsDBNull(1) ? null : row.GetString(1)) : null;
        },
        nothing: null);

    /// <inheritdoc/>
    public void PutReading(Digest image, Platform platform, string readers, KeptReading reading) => Write(run =>
    {
        run(
            "INSERT OR REPLACE INTO readings (digest, platform, catalog, unended, failure) VALUES ($a, $b, $c, $d, $e)",
            [image.Value, platform.ToString(), KeyOf(readers), reading.Unended, reading.Failure ?? (object)DBNull.Value]);
        run("DELETE FROM readings WHERE rowid <= (SELECT max(rowid) FROM readings) - $a", [MostReadings]);
    });

    /// <inheritdoc/>
    public void ForgetReading(Digest image, Platform platform) =>
        Write(run => run("DELETE FROM readings WHERE digest = $a AND platform = $b", [image.Value, platform.ToString()]));

    /// <inheritdoc/>
    public void ForgetInventory(Digest image, Platform platform)
    {
        var asked = _asked.Keys.ToList();
        Write(run =>
        {
            Delete(run, image, platform);
            run("DELETE FROM vex WHERE digest = $a AND platform = $b", [image.Value, platform.ToString()]);
            foreach (var layer in asked)
            {
                run("UPDATE layers SET used = $a WHERE digest = $b", [Now(), layer.Value]);
            }

            run("DELETE FROM layers WHERE used < $a AND digest NOT IN (SELECT layer FROM parts)", [Now() - (long)LooseLayers.TotalSeconds]);
        });
        asked.ForEach(layer => _asked.TryRemove(layer, out _));
    }

    /// <inheritdoc/>
    public IReadOnlyList<(Digest Image, Platform Platform)> List() => Read<IReadOnlyList<(Digest, Platform)>>(
        connection =>
        {
            using var command = Command(connection, null, "SELECT digest, platform FROM inventories ORDER BY digest, platform", []);
            using var row = command.ExecuteReader();
            var images = new List<(Digest, Platform)>();
            while (row.Read())
            {
                if (Digest.TryParse(row.GetString(0), out var digest) && Platform.TryParse(row.GetString(1), out var platform))
                {
                    images.Add((digest, platform));
                }
            }

            return images;
        },
        nothing: []);

    /// <inheritdoc/>
    public void Dispose()
    {
        _file.Dispose();
        _swap.Dispose();
    }

    /// <summary>The version of all readers is as long as the list of readers.</summary>
    private static string KeyOf(string catalog) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(catalog)).AsSpan(0, 12));

    private static void Delete(Action<string, object[]> run, Digest image, Platform platform)
    {
        run("DELETE FROM inventories WHERE digest = $a AND platform = $b", [image.Value, platform.ToString()]);
        run("DELETE FROM parts WHERE digest = $a AND platform = $b", [image.Value, platform.ToString()]);
    }

    private static SqliteCommand Command(SqliteConnection connection, SqliteTransaction? transaction, string text, object[] values)
    {
        var command = connection.CreateCommand();
        command.Transaction = transaction;
#pragma warning disable CA2100 // All texts are constants of this type; what comes from outside is a parameter.
        command.CommandText = text;
#pragma warning restore CA2100
        for (var i = 0; i < values.Length; i++)
        {
            command.Parameters.AddWithValue($"${(char)('a' + i)}", values[i]);
        }

        return command;
    }

    private long Now() => _time.GetUtcNow().ToUnixTimeSeconds();

    private byte[]? GetContent(string text, params object[] values) => Read(
        connection =>
        {
            using var command = Command(connection, null, text, values);
            return command.ExecuteScalar() as byte[];
        },
        nothing: null);

    private T Read<T>(Func<SqliteConnection, T> read, T nothing) => Guard(
        "read",
        () =>
        {
            using var connection = _file.Connect();
            return read(connection);
        },
        nothing);

    /// <summary>Runs statements in one transaction.</summary>
    private void Write(Action<Action<string, object[]>> statements) => Guard(
        "written",
        () =>
        {
            lock (_writing)
            {
                using var connection = _file.Connect();
                using var transaction = connection.BeginTransaction();
                statements((text, values) =>
                {
                    using var command = Command(connection, transaction, text, values);
                    command.ExecuteNonQuery();
                });
                transaction.Commit();
                return true;
            }
        },
        nothing: false);

    private T Guard<T>(string done, Func<T> work, T nothing)
    {
        SqliteException error;
        _swap.EnterReadLock();
        try
        {
            return work();
        }
        catch (SqliteException e)
        {
            error = e;
        }
        finally
        {
            _swap.ExitReadLock();
        }

        if (StoreFile.IsDamage(error))
        {
            BeginAnew(error.Message);
        }
        else
        {
            _observer.Troubled($"the inventory store could not be {done}: {error.Message}");
        }

        return nothing;
    }

    private void BeginAnew(string reason)
    {
        _swap.EnterWriteLock();
        try
        {
            _file.PutAside(reason);
        }
        catch (IOException e)
        {
            _observer.Troubled(e.Message);
        }
        finally
        {
            _swap.ExitWriteLock();
        }
    }
}
