using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Time.Testing;
using OssRuntime.Inventory.Store;
using OssRuntime.Model.Images;
using OssRuntime.Model.Inventories;
using OssRuntime.Testing.Images;

namespace OssRuntime.Inventory.Tests.Store;

public sealed class SqliteInventoryStoreTests : IDisposable
{
    private const string Catalog = "1;dpkg=1";

    private static readonly Digest Image = Model.Images.Digest.Parse(ImageBuilder.DigestOf("image"u8));
    private static readonly Digest Layer = Model.Images.Digest.Parse(ImageBuilder.DigestOf("layer"u8));

    private readonly TemporaryDirectory _directory = new();
    private readonly FakeTimeProvider _time = new();
    private readonly StoreTroubles _trouble = new();

    private string File => _directory["store.db"];

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task An_inventory_comes_back_as_it_was_put_also_after_a_restart()
    {
        var inventory = await ImageReader.ReadAsync(tar => tar
            .File("etc/os-release", ImageReader.DebianRelease + "ID_LIKE=\"a b\"\nCPE_NAME=cpe:/o:x\n")
            .File("var/lib/dpkg/status", ImageReader.Stanza("libssl3", "1:3.0", "Source: openssl\n") + "Package: broken\nStatus: install ok installed\n\n")
            .File("app/node_modules/@a/b/package.json", """{"name":"@a/b","version":"1.0.0","license":"MIT","_resolved":"https://r/b.tgz"}"""));
        using (var store = Open())
        {
            store.PutInventory(Image, Platform.LinuxAmd64, Catalog, inventory, [Layer]);
        }

        using var again = Open();
        var kept = again.GetInventory(Image, Platform.LinuxAmd64, Catalog)!;

        Assert.Equal(inventory.Components.Select(Describe), kept.Components.Select(Describe));
        Assert.Equal(inventory.Unknowns, kept.Unknowns);
        Assert.Equal((inventory.Digest, inventory.Platform, inventory.Cost), (kept.Digest, kept.Platform, kept.Cost));
        Assert.Equal(["a", "b"], kept.OsRelease!.IdLike);
        Assert.Equal("cpe:/o:x", kept.OsRelease.CpeName);
        Assert.Empty(_trouble.All);
    }

    [Fact]
    public void What_another_version_of_the_readers_found_is_not_given_out_and_is_replaced()
    {
        using var store = Open();
        store.PutInventory(Image, Platform.LinuxAmd64, Catalog, Empty(), []);
        store.PutLayer(Layer, Catalog, "old"u8);

        Assert.Null(store.GetInventory(Image, Platform.LinuxAmd64, "2"));
        Assert.Null(store.GetLayer(Layer, "2"));

        store.PutLayer(Layer, "2", "new"u8);
        Assert.Equal("new"u8, store.GetLayer(Layer, "2")!);
        Assert.Null(store.GetLayer(Layer, Catalog));
    }

    [Fact]
    public void Platforms_of_an_index_are_kept_apart()
    {
        using var store = Open();
        store.PutInventory(Image, Platform.LinuxAmd64, Catalog, Empty(), []);

        Assert.Null(store.GetInventory(Image, new Platform("linux", "arm64"), Catalog));
        Assert.Equal([(Image, Platform.LinuxAmd64)], store.List());
    }

    [Fact]
    public void A_layer_stays_while_an_image_has_it_and_a_week_longer()
    {
        using var store = Open();
        store.PutLayer(Layer, Catalog, "index"u8);
        store.PutInventory(Image, Platform.LinuxAmd64, Catalog, Empty(), [Layer]);
        var other = Model.Images.Digest.Parse(ImageBuilder.DigestOf("other"u8));

        _time.Advance(TimeSpan.FromDays(30));
        store.ForgetInventory(other, Platform.LinuxAmd64);
        Assert.NotNull(store.GetLayer(Layer, Catalog));

        store.ForgetInventory(Image, Platform.LinuxAmd64);
        Assert.Null(store.GetInventory(Image, Platform.LinuxAmd64, Catalog));
        Assert.Empty(store.List());
        _time.Advance(TimeSpan.FromDays(6));
        store.ForgetInventory(other, Platform.LinuxAmd64);
        _time.Advance(TimeSpan.FromDays(2));
        store.ForgetInventory(other, Platform.LinuxAmd64);
        Assert.Null(store.GetLayer(Layer, Catalog));
    }

    [Theory]
    [InlineData("this is no database, and it is long enough to have a header of one hundred bytes, which is what SQLite looks at first of all")]
    [InlineData("SQLite format 3\0 with rubbish")]
    public void A_file_that_is_no_database_is_put_aside(string content)
    {
        System.IO.File.WriteAllText(File, content);

        using var store = Open();
        store.PutLayer(Layer, Catalog, "x"u8);

        Assert.NotNull(store.GetLayer(Layer, Catalog));
        Assert.Contains("put aside as 'store.db.damaged' and begun anew", Assert.Single(_trouble.All), StringComparison.Ordinal);
        Assert.Equal(content, System.IO.File.ReadAllText(File + ".damaged"));
    }

    [Fact]
    public void A_file_of_another_schema_is_put_aside()
    {
        using (var connection = new SqliteConnection($"Data Source={File};Pooling=false"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "CREATE TABLE layers (x); PRAGMA user_version = 99";
            command.ExecuteNonQuery();
        }

        using var store = Open();

        Assert.Contains("it is of schema 99", Assert.Single(_trouble.All), StringComparison.Ordinal);
        Assert.Empty(store.List());
    }

    [Fact]
    public void A_file_that_is_damaged_while_it_is_used_is_begun_anew()
    {
        using (var filled = Open())
        {
            for (var i = 0; i < 200; i++)
            {
                filled.PutLayer(Model.Images.Digest.Parse(ImageBuilder.DigestOf([(byte)i])), Catalog, new byte[5000]);
            }
        }

        var bytes = System.IO.File.ReadAllBytes(File);
        Array.Fill(bytes, (byte)0x5A, 4096, bytes.Length - 4096);
        System.IO.File.WriteAllBytes(File, bytes);
        using var store = Open();

        Assert.Null(store.GetLayer(Layer, Catalog));
        store.PutLayer(Layer, Catalog, "x"u8);
        store.PutLayer(Layer, Catalog, "x"u8);

        Assert.NotNull(store.GetLayer(Layer, Catalog));
        Assert.Contains(_trouble.All, t => t.Contains("begun anew", StringComparison.Ordinal));
    }

    [Fact]
    public void A_full_disk_costs_what_was_to_be_written_and_nothing_else()
    {
        using var store = Open();
        store.PutLayer(Layer, Catalog, "kept"u8);

        // The connection of the store itself, out of its pool; SQLite then refuses to grow the file, as it does on a full disk.
        using (var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = File, DefaultTimeout = 30 }.ToString()))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "PRAGMA max_page_count = 1";
            command.ExecuteNonQuery();
        }

        store.PutLayer(Model.Images.Digest.Parse(ImageBuilder.DigestOf("big"u8)), Catalog, new byte[1 << 20]);

        Assert.Equal("kept"u8, store.GetLayer(Layer, Catalog)!);
        Assert.Contains("full", Assert.Single(_trouble.All), StringComparison.Ordinal);
    }

    [Fact]
    public void A_directory_that_is_not_there_is_told() =>
        Assert.Throws<IOException>(() => SqliteInventoryStore.Open(_directory["no/such/store.db"], _trouble, _time));

    [Fact]
    public async Task Readers_and_writers_do_not_wait_for_each_other_in_vain()
    {
        using var store = Open();
        await Parallel.ForEachAsync(Enumerable.Range(0, 200), TestContext.Current.CancellationToken, (i, _) =>
        {
            var digest = Model.Images.Digest.Parse(ImageBuilder.DigestOf([(byte)(i / 2)]));
            store.PutLayer(digest, Catalog, [(byte)i]);
            Assert.NotNull(store.GetLayer(digest, Catalog));
            return ValueTask.CompletedTask;
        });

        Assert.Empty(_trouble.All);
    }

    [Fact]
    public void Bytes_that_are_no_inventory_are_none()
    {
        var good = InventoryCodec.Encode(Empty());
        Assert.NotNull(InventoryCodec.Decode(good));
        for (var i = 0; i < good.Length; i++)
        {
            InventoryCodec.Decode(good[..i]);
            var bad = good.ToArray();
            bad[i] ^= 0xFF;
            InventoryCodec.Decode(bad);
        }
    }

    private static string Describe(Model.Packages.Component c) =>
        $"{c.Purl} {c.Name} {c.Version} {c.Ecosystem} {c.Location} {c.Type} {c.Source} {string.Join('|', c.Licenses)} {c.OwnedBy} {c.Origin} {c.FoundBy} {c.Declared}";

    private static ComponentInventory Empty() => new() { Components = [] };

    private SqliteInventoryStore Open() => SqliteInventoryStore.Open(File, _trouble, _time);
}
