using System.Collections.Immutable;
using System.Security.Cryptography.X509Certificates;

namespace OssRuntime.Inventory.Registry;

/// <summary>How registries are spoken to.</summary>
public sealed record RegistryOptions
{
    /// <summary>Requests that one registry gets at the same time; a blob counts until its last byte.</summary>
    public int RequestsPerRegistry { get; init; } = 4;

    /// <summary>How long a connection may take to stand.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long an answer may take to begin.</summary>
    public TimeSpan AnswerTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a blob may take for its next 16 KiB, or its rest.</summary>
    public TimeSpan StallTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Bytes a second that a blob has to come at on the average, judged once it was waited for as long as <see cref="StallTimeout"/>.</summary>
    public int LeastRate { get; init; } = 32 << 10;

    /// <summary>How long a blob may be waited for, all its bytes together; what is done with them meanwhile does not count.</summary>
    public TimeSpan BlobTimeout { get; init; } = TimeSpan.FromMinutes(20);

    /// <summary>How often a blob that breaks off is taken up again where it stopped.</summary>
    public int Resumes { get; init; } = 5;

    /// <summary>Registries (<c>host[:port]</c>) that are spoken to by plain HTTP. Loopback addresses always are.</summary>
    public ImmutableHashSet<string> PlainHttp { get; init; } = ImmutableHashSet<string>.Empty.WithComparer(StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// What to ask before a registry itself: <c>docker.io</c> → <c>https://mirror.example/hub</c>. A path is put before the repository's name.
    /// </summary>
    public ImmutableDictionary<string, ImmutableArray<Uri>> Mirrors { get; init; } =
        ImmutableDictionary<string, ImmutableArray<Uri>>.Empty.WithComparers(StringComparer.OrdinalIgnoreCase);

    /// <summary>Ranges of addresses that no registry is reached at, whatever its name is; none by default.</summary>
    public ImmutableArray<System.Net.IPNetwork> RefusedRanges { get; init; } = [];

    /// <summary>Registries (<c>host</c> or <c>host:port</c>) that are reached wherever they are.</summary>
    public ImmutableHashSet<string> InternalRegistries { get; init; } = ImmutableHashSet<string>.Empty.WithComparer(StringComparer.OrdinalIgnoreCase);

    /// <summary>Certificate authorities that are trusted besides the system's, or null.</summary>
    public X509Certificate2Collection? TrustedRoots { get; init; }

    /// <summary>What the client calls itself.</summary>
    public string UserAgent { get; init; } = "ossruntime";
}
