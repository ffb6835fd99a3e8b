using System.Diagnostics;
using OssRuntime.Advisories.Database;
using OssRuntime.Stage.Registries;

namespace OssRuntime.EndToEnd.Tests.Databases;

/// <summary>
/// The program is killed at random moments while it builds, pushes and pulls: the file is the old one or the new one and always whole, and the next run leaves nothing behind.
/// </summary>
public sealed class DatabaseKillTests : IDisposable
{
    private const int Kills = 50;
    private const int LongestRun = 900;

    private readonly string _folder = Directory.CreateTempSubdirectory("ossruntime-kill-").FullName;

    private string Database => Path.Combine(_folder, "advisories.db");

    private string Pulled => Path.Combine(_folder, "pulled", "advisories.db");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_kill_at_any_moment_leaves_a_whole_file_and_nothing_behind()
    {
        var random = new Random(17);
        await using var registry = await RegistryServer.StartAsync(new RegistryOptions(), null, TestContext.Current.CancellationToken);
        string[] build = ["db", "build", "--feeds", Path.Combine(_folder, "feeds"), "-o", Database];
        string[] push = ["db", "push", $"{registry.Address}/advisories:latest", "--db", Database];
        string[] pull = ["db", "update", $"{registry.Address}/advisories:latest", "-o", Pulled];
        Publish(0);
        Assert.Equal(0, await RunAsync(build));
        Assert.Equal(0, await RunAsync(push));
        Assert.Equal(0, await RunAsync(pull));
        for (var kill = 1; kill <= Kills; kill++)
        {
            Publish(kill);
            await KillAsync(build, random.Next(LongestRun));
            Verify(Database);
            if (kill % 2 == 0)
            {
                await KillAsync(push, random.Next(LongestRun));
                await KillAsync(pull, random.Next(LongestRun));
                Verify(Pulled);
            }
        }

        Assert.Equal(0, await RunAsync(build));
        Assert.Equal(0, await RunAsync(push));
        Assert.Equal(0, await RunAsync(pull));
        using var built = AdvisoryDatabase.Open(Database);
        using var pulled = AdvisoryDatabase.Open(Pulled);
        Assert.Equal(built.Generation, pulled.Generation);
        Assert.NotEmpty(built.Find($"TEST-{Kills}"));
        Assert.Equal(["advisories.db", "advisories.db.sources", "feeds", "pulled"], Names(_folder));
        Assert.Equal(["advisories.db"], Names(Path.Combine(_folder, "pulled")));
        Assert.DoesNotContain(Directory.EnumerateFiles(_folder, "*", SearchOption.AllDirectories), path => path.EndsWith(".part", StringComparison.Ordinal));
    }

    private static IEnumerable<string> Names(string folder) => Directory.EnumerateFileSystemEntries(folder).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal);

    private static void Verify(string path)
    {
        using var database = AdvisoryDatabase.Open(path);
        Assert.NotEmpty(database.Info.Sources);
    }

    private static async Task<int> RunAsync(string[] arguments)
    {
        using var process = Start(arguments);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return process.ExitCode;
    }

    // The moment is what is tested: nothing is waited for.
    private static async Task KillAsync(string[] arguments, int milliseconds)
    {
        using var process = Start(arguments);
        await Task.WhenAny(process.WaitForExitAsync(), Task.Delay(TimeSpan.FromMilliseconds(milliseconds), TimeProvider.System));
        process.Kill();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    private static Process Start(string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet") { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "ossruntime.dll"));
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        var process = Process.Start(start)!;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    private void Publish(int newest)
    {
        var folder = Directory.CreateDirectory(Path.Combine(_folder, "feeds", "osv", "npm")).FullName;
        for (var number = newest == 0 ? -3000 : newest; number <= newest; number++)
        {
            File.WriteAllText(Path.Combine(folder, $"{number}.json"), $$"""
                {"id":"TEST-{{number}}","modified":"2026-01-01T00:{{Math.Abs(number) % 60:00}}:00Z","details":"{{new string('x', 400)}}","affected":[{"package":{"ecosystem":"npm","name":"p{{number}}"},
                "ranges":[{"type":"SEMVER","events":[{"introduced":"0"},{"fixed":"2.0.0"}]}]}]}
                """);
        }
    }
}
