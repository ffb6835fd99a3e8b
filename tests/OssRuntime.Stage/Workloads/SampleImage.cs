namespace OssRuntime.Stage.Workloads;

/// <summary>An image that the sample workloads use.</summary>
/// <param name="Name">The recipe's name.</param>
/// <param name="Repository">Under which repository and tag it is pushed.</param>
/// <param name="IsPrivate">Whether it is pushed to the registry that asks for credentials.</param>
/// <param name="PublicName">A public image that stands in for it where public registries are used.</param>
public sealed record SampleImage(string Name, string Repository, bool IsPrivate, string PublicName)
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<SampleImage> All { get; } =
    [
        new("python", "shop/python:1", false, "docker.io/library/python:3.8-slim"),
        new("node", "shop/node:1", false, "docker.io/library/node:16-slim"),
        new("java", "shop/java:1", false, "docker.io/library/tomcat:9.0-jre11"),
        new("dotnet", "shop/dotnet:1", false, "mcr.microsoft.com/dotnet/samples:aspnetapp"),
        new("multi", "shop/multi:1", false, "docker.io/library/nginx:1.21"),
        new("private", "shop/billing:1", true, "docker.io/library/redis:6.0"),
        new("private", "platform/invoices:1", true, "docker.io/library/httpd:2.4.49"),
        new("go", "platform/go:1", false, "docker.io/prom/node-exporter:v1.3.0"),
        new("debian", "platform/debian:1", false, "docker.io/library/debian:11"),
        new("alpine", "platform/alpine:1", false, "docker.io/library/alpine:3.14"),
        new("distroless", "platform/distroless:1", false, "gcr.io/distroless/base-debian11:debug"),
    ];
}
