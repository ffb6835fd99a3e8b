using System.Net;
using OssRuntime.Inventory.Failures;
using OssRuntime.Model.Images;

namespace OssRuntime.Inventory.Registry;

/// <summary>Where one repository is asked for: the registry itself, or a mirror of it.</summary>
/// <param name="Base">Scheme, host and port.</param>
/// <param name="Registry">The name under which credentials and limits are kept: <c>host[:port]</c>.</param>
/// <param name="Repository">The repository's name there.</param>
internal sealed record RegistryEndpoint(Uri Base, string Registry, string Repository)
{
    private const string DockerHub = "docker.io";
    private const string DockerHubHost = "registry-1.docker.io";

    /// <summary>The endpoints of an image in the order in which they are tried.</summary>
    /// <exception cref="InventoryException">The registry's name makes no URL.</exception>
    public static IReadOnlyList<RegistryEndpoint> Of(ImageReference image, RegistryOptions options)
    {
        var endpoints = new List<RegistryEndpoint>();
        foreach (var mirror in options.Mirrors.GetValueOrDefault(image.Registry, []))
        {
            var prefix = mirror.AbsolutePath.Trim('/');
            endpoints.Add(new RegistryEndpoint(
                new Uri(mirror.GetLeftPart(UriPartial.Authority)), mirror.Authority, prefix.Length == 0 ? image.Repository : $"{prefix}/{image.Repository}"));
        }

        var host = image.Registry == DockerHub ? DockerHubHost : image.Registry;
        var scheme = IsPlain(host, options) ? "http" : "https";
        if (!Uri.TryCreate($"{scheme}://{host}", UriKind.Absolute, out var own) || own.AbsolutePath != "/")
        {
            throw new InventoryException(FailureReason.InvalidReference, $"'{image.Registry}' names no registry");
        }

        endpoints.Add(new RegistryEndpoint(own, image.Registry, image.Repository));
        return endpoints;
    }

    /// <summary>True where a host may be spoken to by plain HTTP.</summary>
    public static bool IsPlain(string authority, RegistryOptions options)
    {
        if (options.PlainHttp.Contains(authority))
        {
            return true;
        }

        return Uri.TryCreate($"http://{authority}", UriKind.Absolute, out var uri)
            && (uri.Host == "localhost" || (IPAddress.TryParse(uri.Host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address)));
    }

    /// <summary>The URL of a manifest by tag or digest.</summary>
    public Uri Manifest(string reference) => new(Base, $"/v2/{Repository}/manifests/{reference}");

    /// <summary>The URL of the list of what refers to a manifest (OCI distribution spec 1.1, "Listing Referrers").</summary>
    public Uri Referrers(Digest digest) => new(Base, $"/v2/{Repository}/referrers/{digest}");

    /// <summary>The URL of a blob.</summary>
    public Uri Blob(Digest digest) => new(Base, $"/v2/{Repository}/blobs/{digest}");
}
