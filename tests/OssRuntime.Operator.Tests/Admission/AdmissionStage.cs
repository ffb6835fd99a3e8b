using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using OssRuntime.Exposure.Pods;
using OssRuntime.Kubernetes.Api;
using OssRuntime.Kubernetes.Environment;
using OssRuntime.Model.Findings;
using OssRuntime.Model.Inventories;
using OssRuntime.Operator.Admission;
using OssRuntime.Operator.Composition;
using OssRuntime.Operator.Integrity;
using OssRuntime.Operator.Keys;
using OssRuntime.Operator.Policies;
using OssRuntime.Operator.Resources;
using OssRuntime.Operator.State;
using OssRuntime.Operator.Tests.UnknownImages;
using OssRuntime.Operator.UnknownImages;
using OssRuntime.Policy.Exceptions;
using OssRuntime.Policy.Rules;
using OssRuntime.Testing.Images;
using OssRuntime.Testing.Kubernetes;

namespace OssRuntime.Operator.Tests.Admission;

/// <summary>Everything that admission answers from, without a server: nobody listens where the connection leads, so that a request would fail the test.</summary>
internal sealed class AdmissionStage : IDisposable
{
    private readonly TemporaryDirectory _folder = new();
    private readonly KubernetesConnection _connection;
    private readonly AdmissionIndex _index;

    public AdmissionStage()
    {
        _connection = KubernetesConnection.To(new Uri("http://127.0.0.1:1"), new ControllerEnvironment { Time = Clock });
        House = new OperatorBuilder(new OperatorOptions { StateFolder = _folder.Path, AdmissionListen = new IPEndPoint(IPAddress.Loopback, 0) }, _connection);
        House.Seals.Keys.Set(new byte[32]);
        UnknownImages = new UnknownImageQueue(new UnknownImageLimits(), new AnyNamespace(), Clock, new Random(1));
        Images = new ImageKnowledge(Policies, UnknownImages, House.Seals.Keys, Clock);
        Judge = new AdmissionJudge(Images, House.Violations, Policies, new AdmissionContexts(House.Graph, House.Annotations), UnknownImages, House.Options.Exempt);
        _index = new AdmissionIndex(Images, House.Cluster.Pods, House.Seals.Inventories);
    }

    public StepClock Clock { get; } = new();

    public OperatorBuilder House { get; }

    public PolicySet Policies => House.State.Policies;

    public ExceptionSet Exceptions => House.State.Exceptions;

    public UnknownImageQueue UnknownImages { get; }

    public ImageKnowledge Images { get; }

    public ReportSeal Seal => House.Seals.Reports;

    public AdmissionJudge Judge { get; }

    public static string Reference(char digit, string name = "shop/web") => $"registry.example/{name}@sha256:{new string(digit, 64)}";

    public void Dispose()
    {
        House.Dispose();
        _connection.Dispose();
        _folder.Dispose();
    }

    /// <summary>An inventory of the image with these findings, judged by the policies as they are.</summary>
    public void Know(char digit, string name, bool inventoried = true, bool stale = false, params Finding[] findings) =>
        Store(Sealed(Inventory(digit, name, inventoried, stale, findings)));

    /// <summary>Takes an object as the API server would have it, whoever wrote it.</summary>
    public void Store(ImageInventory resource)
    {
        House.Cluster.Images.Upsert(resource);
        House.Seals.Inventories.Refresh(resource.Key);
        _index.Follow(new ClusterEvent(ImageInventory.Resource.Kind, resource.Key));
    }

    /// <summary>The object with the seal that the operator puts on it.</summary>
    public ImageInventory Sealed(ImageInventory resource) =>
        With(resource, Seal.Next(resource.Key, resource, null)) with { Status = Seal.Seal(resource.Status! with { ObservedGeneration = resource.Metadata.Generation }, resource.Metadata) };

    /// <summary>The object with a seal, right or wrong.</summary>
    public static ImageInventory With(ImageInventory resource, string? seal) => resource with
    {
        Metadata = resource.Metadata with { Annotations = seal is null ? null : new Dictionary<string, string> { [ReportSeal.Annotation] = seal } },
    };

    /// <summary>An inventory of the image with these findings, judged by the policies as they are, without a seal.</summary>
    public ImageInventory Inventory(char digit, string name, bool inventoried = true, bool stale = false, params Finding[] findings)
    {
        var digest = Samples.Digest(digit);
        var hits = RuleMatcher.Match(Policies.All, new PolicySubject(new ComponentInventory { Components = [] }, [.. findings], []));
        var word = inventoried ? "True" : "False";
        return new ImageInventory
        {
            Metadata = new ObjectMeta { Name = $"image-{digit}", Uid = $"uid-{digit}", Generation = 1, CreationTimestamp = Clock.GetUtcNow() },
            Spec = new ImageInventorySpec { Digest = digest.Value, Platform = "linux/amd64", Image = name },
            Report = inventoried
                ? new ImageInventoryReport { Source = "Layers", Policies = stale ? [.. Policies.All.Select(policy => policy.Name + "@old")] : Policies.Marks, Hits = HitLines.Of(hits, [], Clock.GetUtcNow(), 50_000).Lines }
                : null,
            Status = new ImageStatus
            {
                Conditions = [new Condition(ConditionType.Inventoried, word, "x", "x", default, null), new Condition(ConditionType.Matched, word, "x", "x", default, null)],
            },
        };
    }

    /// <summary>A pod that runs an image, of the workload that reviews are of unless another is said.</summary>
    public void Run(char digit, string image, string @namespace = "shop", string workload = "web", DateTimeOffset made = default, string? waiting = null, string statusImage = "") => Images.Set(
        new ObjectKey(@namespace, $"{workload}-{digit}"),
        Samples.Pod("web", new PodContainer("c", ContainerClass.Container, image, Reference(digit), waiting) { StatusImage = statusImage }) with
        {
            Key = new ObjectKey(@namespace, $"{workload}-{digit}"),
            Controller = workload.Length == 0 ? null : new OwnerReference { ApiVersion = "apps/v1", Kind = "StatefulSet", Name = workload, Uid = "u", Controller = true },
            CreatedSeconds = (int)made.ToUnixTimeSeconds(),
        });

    /// <summary>Has a reviewed pod be one of a workload's.</summary>
    public static Action<JsonObject> Of(string workload) => request => request["object"]!["metadata"]!["ownerReferences"] =
        new JsonArray(new JsonObject { ["apiVersion"] = "apps/v1", ["kind"] = "StatefulSet", ["name"] = workload, ["uid"] = "u", ["controller"] = true });

    public void Except(bool approved = true, string approver = "bob", TimeSpan? life = null, string @namespace = "shop", string workload = "*")
    {
        var name = new ObjectKey(@namespace, "accepted");
        var spec = new RiskExceptionSpec
        {
            Advisories = ["CVE-2021-1"],
            Workloads = [workload],
            Reason = "not reachable",
            Expires = Clock.GetUtcNow() + (life ?? TimeSpan.FromDays(1)),
            Approved = approved,
            RequestedBy = "alice",
            ApprovedBy = approved ? approver : null,
        };
        Exceptions.Set(new ApprovalSubject(name), spec, House.Approvals!.Of(new ApprovalSubject(name), spec));
    }

    /// <summary>A review as the API server sends it.</summary>
    public static byte[] Review(
        string kind, string operation, string @namespace, string[] images, string[]? before = null, string subresource = "", bool dryRun = false, Action<JsonObject>? change = null)
    {
        var request = new JsonObject
        {
            ["uid"] = "7f0b2891-916f-4ed6-b7cd-27bff1815a8c",
            ["kind"] = new JsonObject { ["group"] = "", ["version"] = "v1", ["kind"] = kind },
            ["subResource"] = subresource,
            ["namespace"] = @namespace,
            ["name"] = "web",
            ["operation"] = operation,
            ["userInfo"] = new JsonObject { ["username"] = "alice", ["groups"] = new JsonArray("developers") },
            ["object"] = operation == "DELETE" ? null : Object(kind, @namespace, images),
            ["dryRun"] = dryRun,
            ["oldObject"] = before is null ? null : Object(kind, @namespace, before),
        };
        change?.Invoke(request);
        return JsonSerializer.SerializeToUtf8Bytes(new JsonObject { ["apiVersion"] = "admission.k8s.io/v1", ["kind"] = "AdmissionReview", ["request"] = request });
    }

    private static JsonObject Object(string kind, string @namespace, string[] images)
    {
        var pod = new JsonObject
        {
            ["metadata"] = new JsonObject { ["labels"] = new JsonObject { ["app"] = "web" } },
            ["spec"] = new JsonObject { ["containers"] = new JsonArray([.. images.Select((image, i) => new JsonObject { ["name"] = $"c{i}", ["image"] = image })]) },
        };
        var metadata = new JsonObject { ["name"] = "web", ["namespace"] = @namespace };
        return kind switch
        {
            "Pod" => new JsonObject { ["metadata"] = metadata, ["spec"] = pod["spec"]!.DeepClone() },
            "CronJob" => new JsonObject
            {
                ["metadata"] = metadata,
                ["spec"] = new JsonObject { ["jobTemplate"] = new JsonObject { ["spec"] = new JsonObject { ["template"] = pod } } },
            },
            _ => new JsonObject { ["metadata"] = metadata, ["spec"] = new JsonObject { ["template"] = pod } },
        };
    }
}
