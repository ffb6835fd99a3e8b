using System.CommandLine;
using System.CommandLine.Parsing;
using System.Net;
using OssRuntime.Advisories.NameChecks;
using OssRuntime.Inventory.Sboms.Discovery;
using OssRuntime.Operator.Composition;
using OssRuntime.Operator.Resources;

namespace OssRuntime.Operator.Hosting;

/// <summary>Every option of the program with its meaning and default. The chart passes its values on under these names.</summary>
internal static class OperatorOptionTable
{
    private static readonly OperatorOptions Defaults = new();

    /// <summary>The table, in the order of the help.</summary>
    public static IReadOnlyList<OperatorOption> Rows() => [.. Place(), .. Database(), .. Knowledge(), .. Admission(), .. Images(), .. Findings(), .. Output()];

    private static IEnumerable<OperatorOption> Place() =>
    [
        OperatorOption.Optional("--kubeconfig", "A kubeconfig. Without it: the cluster that the program runs in, else KUBECONFIG.", (o, v) => o with { Kubeconfig = v }),
        OperatorOption.Text("--state", "The folder for the inventory store and the advisory database.", Defaults.StateFolder, (o, v) => o with { StateFolder = v }),
        OperatorOption.Text("--listen", "Where metrics and health are served.", Defaults.Listen, (o, v) => o with { Listen = v }),
        OperatorOption.Flag(
            "--metrics-open",
            "Let anybody read /metrics. Without it the API server is asked who the bearer of a token is and whether he may get /metrics.",
            (o, v) => o with { MetricsOpen = v }),
        OperatorOption.Text("--namespace", "The namespace of the leader lease.", Defaults.Namespace, (o, v) => o with { Namespace = v }),
        OperatorOption.Many("--exclude-namespace", "A namespace whose pods are left alone.", (o, v) => o with { ExcludedNamespaces = v }),
    ];

    private static IEnumerable<OperatorOption> Database() =>
    [
        OperatorOption.Many(
            "--database-oci",
            "The advisory database as an artifact in a registry ('registry/repository:tag'), pulled from time to time instead of building one from feeds. The first is asked first.",
            (o, v) => o with { DatabaseOci = v }),
        OperatorOption.Optional("--database-key", "A PEM file with the public key that must have signed the artifact.", (o, v) => o with { DatabaseKey = v }),
        OperatorOption.Optional("--database-credentials", "A docker configuration with the login for the artifact's registries.", (o, v) => o with { DatabaseCredentials = v }),
        OperatorOption.OptionalTime("--database-greatest-age", "How old the newest record of a pulled database may be.", (o, v) => o with { DatabaseGreatestAge = v }),
        OperatorOption.OptionalTime("--database-least-age", "How old the newest record of a pulled database must be.", (o, v) => o with { DatabaseLeastAge = v }),
    ];

    private static IEnumerable<OperatorOption> Knowledge() =>
    [
        OperatorOption.Optional("--database", "An advisory database that somebody else keeps up to date, instead of feeds.", (o, v) => o with { Database = v }),
        OperatorOption.Many("--feeds", "A feed root: a folder, an address laid out like the publishers', or 'publishers' for themselves.", (o, v) => o with { Feeds = v }),
        OperatorOption.Many(
            "--accept-shrunk",
            "A source that may lose many records ('osv/npm'). Without it, a source that suddenly shrinks keeps the data from before.",
            (o, v) => o with { AcceptShrunk = v }),
        OperatorOption.Time("--feed-interval", "How often feeds, or the registry with the database, are asked for news.", Defaults.FeedInterval, (o, v) => o with { FeedInterval = v }),
        OperatorOption.Many(
            "--vex",
            "A VEX document (OpenVEX, CSAF, CycloneDX), the folder or archive of a VEX repository, or 'attached' for what is attached to images and signed by whom --sbom-trust names ('attached:unverified': by anybody).",
            (o, v) => o with { Vex = v }),
        OperatorOption.Time("--vex-interval", "How often what is attached to an image is looked for again.", Defaults.VexInterval, (o, v) => o with { VexInterval = v }),
        OperatorOption.Many(
            "--extended-support",
            "A product, or product and cycle ('debian', 'spring-boot 2.7'), that you have extended support for: it ends when that does.",
            (o, v) => o with { ExtendedSupport = v }),
        Checked(
            OperatorOption.Many(
                "--reserved-name",
                "A name that is kept for packages of your own, and where they come from: 'npm:@acme/*=https://npm.acme.example/'.",
                (o, v) => o with { ReservedNames = v }),
            names => ReservedNames.Read(names)),
        .. Upstream("--upstream-advisories", "--upstream-where-silent"),
        OperatorOption.Number(
            "--epss-percentile",
            "The EPSS percentile from which on a flaw counts as if a proof of concept were public.",
            Defaults.EpssPercentile,
            (1, 100),
            (o, v) => o with { EpssPercentile = v }),
    ];

    private static IEnumerable<OperatorOption> Admission() =>
    [
        OperatorOption.Of(
            new Option<IPEndPoint?>("--admission-listen")
            {
                Description = "The address and port that the admission webhooks are served on, such as 0.0.0.0:9443. Without it they are not served.",
                CustomParser = ReadEndPoint,
            },
            (o, v) => o with { AdmissionListen = v }),
        OperatorOption.Text("--admission-name", "The name of the webhooks' Service, Secret and configurations.", Defaults.AdmissionName, (o, v) => o with { AdmissionName = v }),
        OperatorOption.Optional(
            "--admission-certificates", "A folder with tls.crt and tls.key for the webhooks that somebody else renews.", (o, v) => o with { AdmissionCertificates = v }),
        OperatorOption.Of(
            new Option<IReadOnlyList<IPNetwork>>("--admission-caller")
            {
                Description = "A range of addresses that the webhooks may be called from, such as 10.0.0.0/28: those of the API servers. Without it any.",
                DefaultValueFactory = _ => [],
                CustomParser = ReadRanges,
            },
            (o, v) => o with { AdmissionCallers = v }),
        OperatorOption.Flag(
            "--admission-gatekeeper", "Answer Gatekeeper too. The address for its Provider stands in a Secret then.", (o, v) => o with { AdmissionGatekeeper = v }),
        OperatorOption.Many("--admission-exempt", "A namespace whose pods are never denied, besides kube-system and our own.", (o, v) => o with { AdmissionExempt = v }),
        OperatorOption.Optional(
            "--denied-images", "The name of a ConfigMap in our namespace that is to hold the images that are denied now. Without it there is no such list.", (o, v) => o with { DeniedImages = v }),
    ];

    private static IEnumerable<OperatorOption> Images() =>
    [
        OperatorOption.Number("--image-workers", "How many images are read at a time. Of more than one place, the last is never for a namespace that has the others.", Defaults.ImageWorkers, (1, 64), (o, v) => o with { ImageWorkers = v }),
        .. RegistryTimeout("--registry-timeout", "--registry-patience"),
        OperatorOption.Of(
            new Option<IReadOnlyList<IPNetwork>>("--refuse-registry-range")
            {
                Description = "A range of addresses that no registry is reached at, such as 127.0.0.0/8 or the cluster's service range.",
                DefaultValueFactory = _ => [],
                CustomParser = ReadRanges,
            },
            (o, v) => o with { RefusedRegistryRanges = v }),
        OperatorOption.Many("--internal-registry", "A registry, as host or host:port, that is reached wherever it is.", (o, v) => o with { InternalRegistries = v }),
        OperatorOption.Many("--insecure-registry", "A registry host that is spoken to without TLS.", (o, v) => o with { InsecureRegistries = v }),
        OperatorOption.Word(
            "--source",
            "layers: the files alone. auto: the files, held against an SBOM if one is found. sbom: the SBOM alone, if it may be believed.",
            Defaults.Source,
            (o, v) => o with { Source = v }),
        OperatorOption.Many("--sbom-kind", $"A kind of SBOM to look for, in this order: {SbomChoices.Kinds}. Without it all.", (o, v) => o with { SbomKinds = v }),
        OperatorOption.Many("--sbom-unverified", "A kind that is used without a verified signature, or 'none'. Without it: embedded.", (o, v) => o with { SbomUnverified = v }),
        OperatorOption.Many(
            "--sbom-trust", "A file with public keys or certificates of authorities (PEM) whose signatures over SBOMs count.", (o, v) => o with { SbomTrust = v }),
        OperatorOption.Many(
            "--sbom-identity", "Whom such a certificate has to be made out to: an e-mail address or URI, * for any text without @ and /.", (o, v) => o with { SbomIdentities = v }),
        OperatorOption.Optional(
            "--base-images", "A file that lists images others are built on: a line for each, its name and the digests of its layers.", (o, v) => o with { BaseImages = v }),
        OperatorOption.Optional("--java-index", "A file that tells jars by their checksums: sorted lines, SHA1 GROUP:ARTIFACT:VERSION.", (o, v) => o with { JavaIndex = v }),
        OperatorOption.Time("--retention", "How long an image that no pod runs keeps its inventory.", Defaults.Retention, (o, v) => o with { Retention = v }),
    ];

    private static IEnumerable<OperatorOption> Findings() =>
    [
        OperatorOption.Number("--report-bytes", "The byte budget of one object.", Defaults.ReportBytes, (8 * 1024, ReportBudget.HardBytes), (o, v) => o with { ReportBytes = v }),
        OperatorOption.Number("--finding-series", "Series for single findings, at most.", Defaults.FindingSeries, (0, 100_000), (o, v) => o with { FindingSeries = v }),
    ];

    private static IEnumerable<OperatorOption> Output() =>
    [
        OperatorOption.Word("--log-level", "The least that is logged.", Defaults.LogLevel, (o, v) => o with { LogLevel = v }),
        OperatorOption.Word("--log-format", "text: a line each. json: a JSON object a line.", Defaults.LogFormat, (o, v) => o with { LogFormat = v }),
    ];

    private static IEnumerable<OperatorOption> Upstream(params string[] names) => OperatorOption.Renamed(names, name => OperatorOption.Flag(
        name,
        "Ask a language's own advisories about what an OS package installed, where its distribution says nothing at all about that package.",
        (o, v) => o with { UpstreamAdvisories = v }));

    private static IEnumerable<OperatorOption> RegistryTimeout(params string[] names) => OperatorOption.Renamed(names, name => OperatorOption.Time(
        name,
        "How long a registry may be silent before it is tried again later.",
        Defaults.RegistryTimeout,
        (o, v) => o with { RegistryTimeout = v }));

    private static OperatorOption Checked(OperatorOption option, Action<IEnumerable<string>> read)
    {
        option.Symbol.Validators.Add(result =>
        {
            try
            {
                read(result.Tokens.Select(token => token.Value));
            }
            catch (FormatException error)
            {
                result.AddError(error.Message);
            }
        });
        return option;
    }

    private static List<IPNetwork> ReadRanges(ArgumentResult result)
    {
        var ranges = new List<IPNetwork>();
        foreach (var token in result.Tokens)
        {
            if (IPNetwork.TryParse(token.Value, out var range))
            {
                ranges.Add(range);
            }
            else
            {
                result.AddError($"'{token.Value}' is no range of addresses: {(result.Parent as OptionResult)?.Option.Name} takes one such as 10.0.0.0/28");
            }
        }

        return ranges;
    }

    private static IPEndPoint? ReadEndPoint(ArgumentResult result)
    {
        if (result.Tokens is [var token] && token.Value.Contains(':', StringComparison.Ordinal) && IPEndPoint.TryParse(token.Value, out var address))
        {
            return address;
        }

        result.AddError("--admission-listen takes an address and a port, such as 0.0.0.0:9443");
        return null;
    }
}
