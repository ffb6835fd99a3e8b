using OssRuntime.Cli.Output;
using OssRuntime.Testing.Images;

namespace OssRuntime.Cli.Tests.Output;

/// <summary>A report is found whole or not at all.</summary>
public sealed class ReportFileTests : IDisposable
{
    private readonly TemporaryDirectory _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_file_gets_its_name_when_it_is_whole()
    {
        using (var file = ReportFile.Open(_folder["report"]))
        {
            file.Stream.WriteByte((byte)'a');
            Assert.False(File.Exists(_folder["report"]));
            file.Finish();
        }

        Assert.Equal("a", File.ReadAllText(_folder["report"]));
        Assert.Single(Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public void A_report_that_was_not_finished_leaves_the_last_one()
    {
        File.WriteAllText(_folder["report"], "last");
        using (var file = ReportFile.Open(_folder["report"]))
        {
            file.Stream.WriteByte((byte)'a');
        }

        Assert.Equal("last", File.ReadAllText(_folder["report"]));
        Assert.Single(Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public void A_link_stays_a_link()
    {
        File.WriteAllText(_folder["real"], "last");
        File.CreateSymbolicLink(_folder["report"], _folder["real"]);
        using (var file = ReportFile.Open(_folder["report"]))
        {
            file.Finish();
        }

        Assert.NotNull(new FileInfo(_folder["report"]).LinkTarget);
        Assert.Equal("", File.ReadAllText(_folder["real"]));
    }

    [Fact]
    public void A_device_is_not_replaced()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "there is no /dev");
        using (var file = ReportFile.Open("/dev/null"))
        {
            file.Stream.WriteByte((byte)'a');
            file.Finish();
        }

        Assert.Equal(0, new FileInfo("/dev/null").Length);
    }

    [Fact]
    public void A_folder_that_does_not_exist_is_told() =>
        Assert.ThrowsAny<IOException>(() => ReportFile.Open(_folder["nowhere/report"]));
}
