using OssRuntime.Advisories.Vex;
using OssRuntime.Kubernetes.Environment;
using OssRuntime.Kubernetes.WorkQueues;
using OssRuntime.Model.Findings;
using OssRuntime.Operator.Keys;
using OssRuntime.Operator.Knowledge;
using OssRuntime.Testing.Images;

namespace OssRuntime.Operator.Tests.Knowledge;

/// <summary>Named VEX is adopted when it changes; what cannot be read leaves the last good.</summary>
public sealed class VexKeeperTests : IDisposable
{
    private readonly TemporaryDirectory _folder = new();
    private readonly WorkQueue<ClusterEvent> _events = new("event", new ControllerEnvironment());

    [Fact]
    public void A_document_that_changes_is_adopted_and_a_broken_one_leaves_the_last_good()
    {
        Write("web.json", "not_affected");
        var keeper = Keeper("web.json");
        keeper.Look();
        keeper.Look();
        Assert.Equal((FindingStatus.NotAffected, false), (StatusIn(keeper), WasTold));

        File.WriteAllText(_folder["web.json"], "{ broken");
        keeper.Look();
        Assert.Equal((FindingStatus.NotAffected, false), (StatusIn(keeper), WasTold));

        Write("web.json", "under_investigation");
        keeper.Look();
        Assert.Equal((FindingStatus.UnderInvestigation, true), (StatusIn(keeper), WasTold));
    }

    [Fact]
    public void A_link_that_is_turned_is_a_change()
    {
        Directory.CreateDirectory(_folder["one"]);
        Directory.CreateDirectory(_folder["two"]);
        Write("one/web.json", "not_affected");
        Write("two/web.json", "under_investigation");
        Directory.CreateSymbolicLink(_folder["now"], _folder["one"]);
        File.CreateSymbolicLink(_folder["web.json"], "now/web.json");
        File.SetLastWriteTimeUtc(_folder["two/web.json"], DateTime.UtcNow.AddHours(1));
        var keeper = Keeper("web.json");
        keeper.Look();
        Assert.Equal(FindingStatus.NotAffected, StatusIn(keeper));

        // As kubelets do it to a ConfigMap: the file's own link stays as it is.
        File.Delete(_folder["now"]);
        Directory.CreateSymbolicLink(_folder["now"], _folder["two"]);
        keeper.Look();
        Assert.Equal(FindingStatus.UnderInvestigation, StatusIn(keeper));
    }

    [Fact]
    public void A_repository_is_read_anew_when_its_index_changes()
    {
        Directory.CreateDirectory(_folder["hub"]);
        Write("hub/lodash.json", "not_affected");
        File.WriteAllText(_folder["hub/index.json"], """{"packages":[]}""");
        var keeper = Keeper("hub");
        keeper.Look();
        Assert.Equal(FindingStatus.Affected, StatusIn(keeper));

        File.WriteAllText(_folder["hub/index.json"], """{"packages":[{"id":"pkg:npm/lodash","location":"lodash.json"}]}""");
        keeper.Look();
        Assert.Equal((FindingStatus.NotAffected, true), (StatusIn(keeper), WasTold));
    }

    [Fact]
    public void What_is_not_there_at_the_start_takes_nothing_back_and_is_adopted_when_it_comes()
    {
        var keeper = Keeper("web.json");
        keeper.Look();
        Assert.Equal(FindingStatus.Affected, StatusIn(keeper));

        Write("web.json", "not_affected");
        keeper.Look();
        Assert.Equal((FindingStatus.NotAffected, true), (StatusIn(keeper), WasTold));
    }

    public void Dispose()
    {
        _events.Dispose();
        _folder.Dispose();
    }

    private bool WasTold => _events.Depth == 1;

    private static FindingStatus StatusIn(VexKeeper keeper) => keeper.Library.Apply(
        [Samples.Finding("CVE-2026-1")], new VexSubject(Samples.Inventory(Samples.Component("lodash")), null), [], reason => Assert.Fail(reason))[0].Status;

    private VexKeeper Keeper(string name) => new([_folder[name]], _events, new ControllerEnvironment());

    private void Write(string name, string status) => File.WriteAllText(_folder[name], OpenVex.Of("CVE-2026-1", "pkg:npm/lodash", status));
}
