using OssRuntime.Kubernetes.Api;
using OssRuntime.Operator.Integrity;
using OssRuntime.Operator.Resources;
using OssRuntime.Testing.Kubernetes;

namespace OssRuntime.Operator.Tests.Integrity;

/// <summary>What the operator wrote is told from what somebody else did.</summary>
public sealed class ReportSealTests
{
    private static readonly ObjectKey Name = new(null, "image-a");

    private readonly StepClock _clock = new();
    private readonly SealKeys _keys = new(Enumerable.Repeat((byte)3, 32).ToArray());
    private readonly ReportSeal _seal;

    public ReportSealTests() => _seal = new ReportSeal(_keys, _clock);

    [Fact]
    public void It_holds_for_what_was_written_and_for_nothing_that_is_made_of_it()
    {
        var ours = Stored(Wished("Deny a/b"));
        Assert.True(_seal.Holds(ours));
        foreach (var (what, forged) in new Dictionary<string, ImageInventory>
        {
            ["another verdict"] = ours with { Report = ours.Report! with { Hits = [] } },
            ["other policies"] = ours with { Report = ours.Report with { Policies = ["p@2"] } },
            ["no report"] = ours with { Report = null },
            ["another digest"] = ours with { Spec = ours.Spec with { Digest = Samples.Digest('b').Value } },
            ["another platform"] = ours with { Spec = ours.Spec with { Platform = "linux/arm64" } },
            ["another name for the digest"] = ours with { Spec = ours.Spec with { Image = "registry.example/other:1" } },
            ["another object"] = ours with { Metadata = ours.Metadata with { Name = "image-b" } },
            ["any other change of the content, which the server counts"] = ours with { Metadata = ours.Metadata with { Generation = 2 } },
            ["an object that was made again later"] = ours with { Metadata = ours.Metadata with { CreationTimestamp = _clock.GetUtcNow().AddMinutes(6) } },
            ["a seal without a moment"] = With(ours, "AAAA"),
            ["no seal"] = With(ours, null),
            ["an empty seal"] = With(ours, "."),
            ["a seal of another moment"] = With(ours, "1" + ours.Metadata.Annotation(ReportSeal.Annotation)),
        })
        {
            Assert.False(_seal.Holds(forged), what);
        }

        Assert.False(new ReportSeal(new SealKeys(new byte[32]), _clock).Holds(ours));
        Assert.True(_seal.Holds(ours with { Status = new ImageStatus { UnusedSince = _clock.GetUtcNow() } }), "a status is another matter");
    }

    [Fact]
    public void What_changes_nothing_keeps_its_seal_and_what_changes_something_gets_the_next()
    {
        var stored = Stored(Wished("Deny a/b"));
        _clock.Advance(TimeSpan.FromDays(3));
        Assert.Equal(stored.Metadata.Annotation(ReportSeal.Annotation), _seal.Next(Name, Wished("Deny a/b"), stored));

        var next = Wished("Deny a/c");
        var mark = _seal.Next(Name, next, stored);
        Assert.True(_seal.Holds(With(next with { Metadata = stored.Metadata with { Generation = 2 } }, mark)));
        Assert.False(_seal.Holds(With(next with { Metadata = stored.Metadata with { Generation = 3 } }, mark)));
    }

    [Fact]
    public void What_an_older_version_wrote_is_sealed_as_it_is()
    {
        var older = Stored(Wished("Deny a/b")) with { };
        older = With(older, null);
        Assert.False(_seal.Holds(older));
        Assert.True(_seal.Holds(With(older, _seal.Next(Name, Wished("Deny a/b"), older))));
    }

    [Fact]
    public void A_server_whose_clock_is_ahead_is_believed()
    {
        var made = With(Wished("Deny a/b") with { Metadata = Meta() with { CreationTimestamp = _clock.GetUtcNow().AddHours(2) } }, _seal.Next(Name, Wished("Deny a/b"), null));
        Assert.False(_seal.Holds(made));
        Assert.True(_seal.Holds(With(made, _seal.Next(Name, Wished("Deny a/b"), made))));
    }

    [Fact]
    public void A_report_that_somebody_else_left_behind_is_not_sealed_with_what_has_none()
    {
        var foreign = With(Stored(Wished("Deny a/b")), null);
        Assert.Null(_seal.Next(Name, Wished("x") with { Report = null }, foreign));
    }

    [Fact]
    public void The_key_that_seals_now_takes_over_from_the_one_before()
    {
        var stored = Stored(Wished("Deny a/b"));
        _keys.Set(Enumerable.Repeat((byte)4, 32).ToArray(), Enumerable.Repeat((byte)3, 32).ToArray());
        Assert.True(_seal.Holds(stored));
        var again = With(stored, _seal.Next(Name, Wished("Deny a/b"), stored));
        _keys.Set(Enumerable.Repeat((byte)4, 32).ToArray());
        Assert.True(_seal.Holds(again));
        Assert.False(_seal.Holds(stored));
    }

    [Fact]
    public void A_status_is_believed_where_we_wrote_it_for_the_content_that_is_there()
    {
        var resource = Stored(Wished("Deny a/b"));
        var status = _seal.Seal(new ImageStatus { ObservedGeneration = 1, UnusedSince = _clock.GetUtcNow(), Conditions = [new Condition("Inventoried", "True", "ReadFromLayers", "3 components", default, 1)] }, resource.Metadata);
        Assert.NotNull(_seal.StatusOf(resource with { Status = status }));
        Assert.Null(_seal.StatusOf(resource with { Status = status with { UnusedSince = default(DateTimeOffset) } }));
        Assert.Null(_seal.StatusOf(resource with { Status = status with { UnusedSince = null } }));
        Assert.Null(_seal.StatusOf(resource with { Status = status with { Conditions = [] } }));
        Assert.Null(_seal.StatusOf(resource with { Status = status with { Seal = null } }));
        Assert.Null(_seal.StatusOf(resource with { Status = status, Metadata = resource.Metadata with { Uid = "another" } }));
        Assert.Null(_seal.StatusOf(resource with { Status = status, Metadata = resource.Metadata with { Generation = 2 } }));
        Assert.Null(_seal.StatusOf(resource));
    }

    [Fact]
    public void A_workloads_report_is_about_its_owner()
    {
        var key = new ObjectKey("shop", "deployment-web");
        var wished = new WorkloadReport
        {
            Metadata = new ObjectMeta { Name = key.Name, Namespace = key.Namespace, OwnerReferences = [new OwnerReference { ApiVersion = "apps/v1", Kind = "Deployment", Name = "web", Uid = "u1" }] },
            Spec = new WorkloadReportSpec { Workload = new WorkloadReference { ApiVersion = "apps/v1", Kind = "Deployment", Name = "web" } },
            Report = new WorkloadReportBody { Coverage = new CoverageCounts(), Exposure = "Internet" },
        };
        var meta = wished.Metadata with { Generation = 1, Annotations = new Dictionary<string, string> { [ReportSeal.Annotation] = _seal.Next(key, wished, null)! } };
        Assert.True(_seal.Holds(wished with { Metadata = meta }));
        Assert.False(_seal.Holds(wished with { Metadata = meta with { OwnerReferences = [meta.OwnerReferences![0] with { Uid = "u2" }] } }));
        Assert.False(_seal.Holds(wished with { Metadata = meta with { Namespace = "bank" } }));
        Assert.False(_seal.Holds(wished with { Metadata = meta, Report = wished.Report with { Exposure = null } }));
    }

    private ImageInventory Stored(ImageInventory wished) => With(wished with { Metadata = Meta() }, _seal.Next(Name, wished, null));

    private ObjectMeta Meta() => new() { Name = Name.Name, Uid = "u", Generation = 1, CreationTimestamp = _clock.GetUtcNow() };

    private static ImageInventory Wished(string hit) => new()
    {
        Metadata = new ObjectMeta { Name = Name.Name },
        Spec = new ImageInventorySpec { Digest = Samples.Digest('a').Value, Platform = "linux/amd64", Image = "registry.example/web:1" },
        Report = new ImageInventoryReport { Source = "Layers", Policies = ["p@1"], Hits = [hit] },
    };

    private static ImageInventory With(ImageInventory resource, string? seal) => resource with
    {
        Metadata = resource.Metadata with { Annotations = seal is null ? null : new Dictionary<string, string> { [ReportSeal.Annotation] = seal } },
    };
}
