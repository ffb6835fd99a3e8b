using System.Collections.Frozen;
using Microsoft.Extensions.Logging;
using OssRuntime.Advisories.Database;
using OssRuntime.Inventory;
using OssRuntime.Operator.Resources;

namespace OssRuntime.Operator.Composition;

/// <summary>What the operator is told at its start: each is an option of the program and a value of the chart.</summary>
internal sealed record OperatorOptions
{
    /// <summary>A kubeconfig; null means the cluster that the program runs in, else the default kubeconfig.</summary>
    public string? Kubeconfig { get; init; }

    /// <summary>The folder for the inventory store and the advisory database.</summary>
    public string StateFolder { get; init; } = "/var/lib/ossruntime";

    /// <summary>An advisory database that is kept up to date by somebody else; null means the one built from the feeds.</summary>
    public string? Database { get; init; }

    /// <summary>Feed roots: folders, addresses laid out like the publishers', or <see cref="Knowledge.FeedSources.Publishers"/>.</summary>
    public IReadOnlyList<string> Feeds { get; init; } = [];

    /// <summary>The advisory database as an artifact in a registry, and its mirrors; empty means a file, or the one built from the feeds.</summary>
    public IReadOnlyList<string> DatabaseOci { get; init; } = [];

    /// <summary>A PEM file with the public key that must have signed the artifact.</summary>
    public string? DatabaseKey { get; init; }

    /// <summary>A docker configuration with the login for the artifact's registries.</summary>
    public string? DatabaseCredentials { get; init; }

    /// <summary>How old the newest record of a pulled database may be; null takes any age.</summary>
    public TimeSpan? DatabaseGreatestAge { get; init; }

    /// <summary>How old the newest record of a pulled database must be; null takes the newest.</summary>
    public TimeSpan? DatabaseLeastAge { get; init; }

    /// <summary>Sources that may lose many records.</summary>
    public IReadOnlyList<string> AcceptShrunk { get; init; } = [];

    /// <summary>How often feeds are asked for news.</summary>
    public TimeSpan FeedInterval { get; init; } = TimeSpan.FromHours(6);

    /// <summary>The address that metrics and health are served on.</summary>
    public string Listen { get; init; } = "http://0.0.0.0:8080";

    /// <summary>True to let anybody read the metrics, which tell of every namespace.</summary>
    public bool MetricsOpen { get; init; }

    /// <summary>The namespace of the leader lease.</summary>
    public string Namespace { get; init; } = "ossruntime";

    /// <summary>The address and port that the webhooks are served on; null for no webhooks.</summary>
    public System.Net.IPEndPoint? AdmissionListen { get; init; }

    /// <summary>The name of the webhooks' Service, of the Secret with their certificate, and of their configurations.</summary>
    public string AdmissionName { get; init; } = "ossruntime-webhooks";

    /// <summary>The name of the Secret with the key that approvals are sealed with.</summary>
    public string ApprovalSecret => AdmissionName + "-approvals";

    /// <summary>A folder with a certificate and key that somebody else renews; null to make them.</summary>
    public string? AdmissionCertificates { get; init; }

    /// <summary>Addresses that the webhooks may be called from; none for any.</summary>
    public IReadOnlyList<System.Net.IPNetwork> AdmissionCallers { get; init; } = [];

    /// <summary>True to answer Gatekeeper too.</summary>
    public bool AdmissionGatekeeper { get; init; }

    /// <summary>Namespaces whose pods are never denied, besides kube-system and our own.</summary>
    public IReadOnlyList<string> AdmissionExempt { get; init; } = [];

    /// <summary>The name of a ConfigMap in our namespace that holds the images that are denied now; null for none.</summary>
    public string? DeniedImages { get; init; }

    /// <summary>All namespaces whose pods are never denied.</summary>
    public FrozenSet<string> Exempt => AdmissionExempt.Append(Namespace).Append("kube-system").ToFrozenSet(StringComparer.Ordinal);

    /// <summary>
    /// How long the webhooks are served on after the program was told to stop: until then the API server may still be sent here.
    /// </summary>
    public TimeSpan AdmissionDrain { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>What the names of unknown images may cost.</summary>
    public UnknownImageLimits UnknownImages { get; init; } = new();

    /// <summary>Namespaces whose pods are left alone.</summary>
    public IReadOnlyList<string> ExcludedNamespaces { get; init; } = [];

    /// <summary>How many images are read at a time; one namespace's images never take the last place.</summary>
    public int ImageWorkers { get; init; } = 3;

    /// <summary>How long a registry may be silent, before or within an answer, until the reading is given up and tried again later.</summary>
    public TimeSpan RegistryTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>What inventories are made of.</summary>
    public InventoryMode Source { get; init; } = InventoryMode.Auto;

    /// <summary>Kinds of SBOMs that are looked for, in their order; none means all.</summary>
    public IReadOnlyList<string> SbomKinds { get; init; } = [];

    /// <summary>Kinds of SBOMs that are used without a verified signature; none means those among the image's files.</summary>
    public IReadOnlyList<string> SbomUnverified { get; init; } = [];

    /// <summary>Files with public keys or certificates of authorities whose signatures over SBOMs count.</summary>
    public IReadOnlyList<string> SbomTrust { get; init; } = [];

    /// <summary>Whom such certificates have to be made out to.</summary>
    public IReadOnlyList<string> SbomIdentities { get; init; } = [];

    /// <summary>
    /// VEX documents, folders or archives of VEX repositories, and <c>attached</c> or <c>attached:unverified</c> for what is attached to images (docs/vex.md).
    /// </summary>
    public IReadOnlyList<string> Vex { get; init; } = [];

    /// <summary>How often what is attached to an image is looked for again.</summary>
    public TimeSpan VexInterval { get; init; } = TimeSpan.FromHours(6);

    /// <summary>Products, or product and cycle, that there is extended support for.</summary>
    public IReadOnlyList<string> ExtendedSupport { get; init; } = [];

    /// <summary>Names that are kept for packages of the owner's (docs/names.md).</summary>
    public IReadOnlyList<string> ReservedNames { get; init; } = [];

    /// <summary>True to ask a language's own advisories where the distribution of the OS package that installed a component says nothing about it.</summary>
    public bool UpstreamAdvisories { get; init; }

    /// <summary>A file that lists images others are built on (docs/base-images.md); null for none.</summary>
    public string? BaseImages { get; init; }

    /// <summary>A file that tells jars by their checksums (docs/java-index.md); null for none.</summary>
    public string? JavaIndex { get; init; }

    /// <summary>How long an image that no pod runs keeps its inventory.</summary>
    public TimeSpan Retention { get; init; } = TimeSpan.FromHours(24);

    /// <summary>The byte budget of an object.</summary>
    public int ReportBytes { get; init; } = ReportBudget.DefaultBytes;

    /// <summary>The EPSS percentile from which on exploitation is taken for as likely as with a public proof of concept.</summary>
    public int EpssPercentile { get; init; } = (int)AdvisoryDatabase.DefaultLikelyPercentile;

    /// <summary>Series for single findings, at most.</summary>
    public int FindingSeries { get; init; } = 1_000;

    /// <summary>The least that is logged.</summary>
    public LogLevel LogLevel { get; init; } = LogLevel.Information;

    /// <summary>How log lines are written.</summary>
    public LogFormat LogFormat { get; init; }

    /// <summary>Hosts that are spoken to without TLS besides loopback.</summary>
    public IReadOnlyList<string> InsecureRegistries { get; init; } = [];

    /// <summary>Ranges of addresses that no registry is reached at.</summary>
    public IReadOnlyList<System.Net.IPNetwork> RefusedRegistryRanges { get; init; } = [];

    /// <summary>Registries that are reached wherever they are.</summary>
    public IReadOnlyList<string> InternalRegistries { get; init; } = [];
}
