using System.Collections.Immutable;
using OssRuntime.Exposure.Pods;
using OssRuntime.Kubernetes.Api;
using OssRuntime.Model.Coverage;
using OssRuntime.Model.Findings;
using OssRuntime.Model.Images;
using OssRuntime.Model.Inventories;
using OssRuntime.Model.Packages;
using OssRuntime.Operator.Keys;
using OssRuntime.Operator.State;

namespace OssRuntime.Operator.Tests;

/// <summary>Small examples that many tests begin with.</summary>
internal static class Samples
{
    public const string Vector = "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H";

    /// <summary>One component, which was checked.</summary>
    public static CheckCoverage Checked { get; } = new(1, 1, []);

    public static Digest Digest(char digit) => Model.Images.Digest.Parse("sha256:" + new string(digit, 64));

    public static ImageKey Image(char digit) => new(Digest(digit), Platform.LinuxAmd64);

    public static WorkloadKey Workload(string name, string uid = "u1") => new("shop", "apps", "Deployment", name, uid);

    public static PodView Pod(string name, params PodContainer[] containers) => new()
    {
        Key = new ObjectKey("shop", name),
        Uid = "pod-" + name,
        ResourceVersion = "1",
        Node = "node-a",
        Containers = [.. containers],
    };

    public static RunningPod Running(string name, WorkloadKey workload, params ImageKey[] images) => new(
        Pod(name),
        workload,
        [.. images.Select((image, i) => new RunningContainer(new PodContainer($"c{i}", ContainerClass.Container, $"registry.example/{i}:1", "", null), image))])
    {
        ApiVersion = "apps/v1",
    };

    public static Component Component(string name, string version = "1.0.0") => new()
    {
        Purl = new PackageUrl { Type = "npm", Name = name, Version = version },
        Name = name,
        Version = version,
        Ecosystem = new Ecosystem("npm"),
        Location = new ComponentLocation(Digest('a'), $"app/node_modules/{name}/package.json"),
    };

    public static Finding Finding(string id, Severity severity = Severity.High, string component = "lodash") => new()
    {
        Id = id,
        Severity = severity,
        Score = 7.5,
        FixedIn = "2.0.0",
        Component = Component(component),
    };

    public static ComponentInventory Inventory(params ImmutableArray<Component> components) => new()
    {
        Digest = Digest('a'),
        Platform = Platform.LinuxAmd64,
        OsRelease = new OsRelease("debian", "12", "bookworm", "Debian GNU/Linux 12 (bookworm)", []),
        Components = components,
    };
}
