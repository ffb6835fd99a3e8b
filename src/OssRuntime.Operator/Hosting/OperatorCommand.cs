using System.CommandLine;
using System.CommandLine.Parsing;
using System.Net;
using OssRuntime.Inventory;
using OssRuntime.Inventory.Sboms.Discovery;
using OssRuntime.Operator.Resources;

namespace OssRuntime.Operator.Hosting;

/// <summary>The command line of the operator: every option with its meaning and default.</summary>
internal static class OperatorCommand
{
    private static readonly OperatorOptions Defaults = new();

    /// <summary>The command; what it runs gets the options read and checked.</summary>
    public static RootCommand Create(Func<OperatorOptions, CancellationToken, Task<int>> run)
    {
        var kubeconfig = new Option<string?>("--kubeconfig") { Description = "A kubeconfig. Without it: the cluster that the program runs in, else KUBECONFIG." };
        var state = Text("--state", "The folder for the inventory store and the advisory database.", Defaults.StateFolder);
        var database = new Option<string?>("--database") { Description = "An advisory database that somebody else keeps up to date, instead of feeds." };
        var feeds = Many("--feeds", "A feed root: a folder, an address laid out like the publishers', or 'publishers' for themselves. May be given again.");
        var feedInterval = Time("--feed-interval", "How often feeds are asked for news.", Defaults.FeedInterval);
        var listen = Text("--listen", "Where metrics and health are served.", Defaults.Listen);
        var @namespace = Text("--namespace", "The namespace of the leader lease.", Defaults.Namespace);
        var excluded = Many("--exclude-namespace", "A namespace whose pods are left alone. May be given again.");
        var admission = new Option<IPEndPoint?>("--admission-listen")
        {
            Description = "The address and port that the admission webhooks are served on, such as 0.0.0.0:9443. Without it there are none.",
            CustomParser = ReadEndPoint,
        };
        var admissionName = Text("--admission-name", "The name of the webhooks' Service, Secret and configurations.", Defaults.AdmissionName);
        var certificates = new Option<string?>("--admission-certificates") { Description = "A folder with tls.crt and tls.key for the webhooks that somebody else renews." };
        var exempt = Many("--admission-exempt", "A namespace whose pods are never denied, besides kube-system and our own. May be given again.");
        var denied = new Option<string?>("--denied-images") { Description = "The name of a ConfigMap in our namespace that is to hold the images that are denied now. Without it there is none." };
        var workers = Number("--image-workers", "How many images are read at a time.", Defaults.ImageWorkers, 1, 64);
        var patience = Time("--registry-patience", "How long a registry may be silent before it is tried again later.", Defaults.RegistryPatience);
        var source = new Option<InventoryMode>("--source")
        {
            Description = "layers: the files alone. auto: the files, held against an SBOM if one is found. sbom: the SBOM alone, if it may be believed.",
            DefaultValueFactory = _ => Defaults.Source,
        };
        var sbomKinds = Many("--sbom-kind", $"A kind of SBOM to look for, in this order: {SbomChoices.Kinds}. Without it all. May be given again.");
        var sbomUnverified = Many("--sbom-unverified", "A kind that is used without a verified signature, or none. Without it: embedded. May be given again.");
        var sbomTrust = Many("--sbom-trust", "A file with public keys or certificates of authorities (PEM) whose signatures over SBOMs count. May be given again.");
        var sbomIdentities = Many("--sbom-identity", "Whom such a certificate has to be made out to: an e-mail address or URI, * for any text. May be given again.");
        var vex = Many("--vex", "A VEX document (OpenVEX, CSAF, CycloneDX), the folder or archive of a VEX repository, or 'attached' for what is attached to images and signed by whom --sbom-trust names ('attached:unverified': by anybody). May be given again.");
        var vexInterval = Time("--vex-interval", "How often what is attached to an image is looked for again.", Defaults.VexInterval);
        var extended = Many("--extended-support", "A product, or product and cycle ('debian', 'spring-boot 2.7'), that there is extended support for: it ends when that does. May be given again.");
        var reserved = Many("--reserved-name", "A name that is kept for packages of one's own, and where they come from: 'npm:@acme/*=https://npm.acme.example/'. May be given again.");
        reserved.Validators.Add(result => Check(result, () => Advisories.NameChecks.ReservedNames.Read(result.Tokens.Select(token => token.Value))));
        var silent = new Option<bool>("--upstream-where-silent")
        {
            Description = "Ask a language's own advisories about what an OS package installed, where its distribution says nothing at all about that package.",
        };
        var bases = new Option<string?>("--base-images") { Description = "A file that lists images others are built on: a line for each, its name and the digests of its layers." };
        var jars = new Option<string?>("--java-index") { Description = "A file that tells jars by their checksums: sorted lines, SHA1 GROUP:ARTIFACT:VERSION." };
        var retention = Time("--retention", "How long an image that no pod runs keeps its inventory.", Defaults.Retention);
        var bytes = Number("--report-bytes", "The byte budget of one object.", Defaults.ReportBytes, 8 * 1024, ReportBudget.HardBytes);
        var series = Number("--finding-series", "Series for single findings, at most.", Defaults.FindingSeries, 0, 100_000);
        var percentile = Number("--epss-percentile", "The EPSS percentile from which on a flaw counts as if a proof of concept were public.", Defaults.EpssPercentile, 1, 100);
        var insecure = Many("--insecure-registry", "A registry host that is spoken to without TLS. May be given again.");
        var root = new RootCommand("Knows which open-source software runs in the cluster and which of it is dangerous.")
        {
            kubeconfig, state, database, feeds, feedInterval, listen, @namespace, excluded, workers, patience, source, sbomKinds, sbomUnverified, sbomTrust, sbomIdentities, retention,
            bytes, series, percentile, insecure, admission, admissionName, certificates, exempt, denied, bases, jars,
            vex, vexInterval, extended, reserved, silent,
        };
        root.SetAction((parsed, cancel) => run(
            new OperatorOptions
            {
                Kubeconfig = parsed.GetValue(kubeconfig),
                StateFolder = parsed.GetValue(state)!,
                Database = parsed.GetValue(database),
                Feeds = parsed.GetValue(feeds) ?? [],
                FeedInterval = parsed.GetValue(feedInterval),
                Listen = parsed.GetValue(listen)!,
                Namespace = parsed.GetValue(@namespace)!,
                AdmissionListen = parsed.GetValue(admission),
                AdmissionName = parsed.GetValue(admissionName)!,
                AdmissionCertificates = parsed.GetValue(certificates),
                AdmissionExempt = parsed.GetValue(exempt) ?? [],
                DeniedImages = parsed.GetValue(denied),
                ExcludedNamespaces = parsed.GetValue(excluded) ?? [],
                ImageWorkers = parsed.GetValue(workers),
                RegistryPatience = parsed.GetValue(patience),
                Source = parsed.GetValue(source),
                SbomKinds = parsed.GetValue(sbomKinds) ?? [],
                SbomUnverified = parsed.GetValue(sbomUnverified) ?? [],
                SbomTrust = parsed.GetValue(sbomTrust) ?? [],
                SbomIdentities = parsed.GetValue(sbomIdentities) ?? [],
                Vex = parsed.GetValue(vex) ?? [],
                VexInterval = parsed.GetValue(vexInterval),
                ExtendedSupport = parsed.GetValue(extended) ?? [],
                ReservedNames = parsed.GetValue(reserved) ?? [],
                UpstreamWhereSilent = parsed.GetValue(silent),
                BaseImages = parsed.GetValue(bases),
                JavaIndex = parsed.GetValue(jars),
                Retention = parsed.GetValue(retention),
                ReportBytes = parsed.GetValue(bytes),
                FindingSeries = parsed.GetValue(series),
                EpssPercentile = parsed.GetValue(percentile),
                InsecureRegistries = parsed.GetValue(insecure) ?? [],
            },
            cancel));
        return root;
    }

    private static Option<string> Text(string name, string description, string value) =>
        new(name) { Description = description, DefaultValueFactory = _ => value };

    private static Option<string[]> Many(string name, string description) => new(name) { Description = description, DefaultValueFactory = _ => [] };

    private static Option<int> Number(string name, string description, int value, int least, int most)
    {
        var option = new Option<int>(name) { Description = $"{description} {least} to {most}.", DefaultValueFactory = _ => value };
        option.Validators.Add(result =>
        {
            if (result.Errors.Any() || result.GetValue(option) is var given && given >= least && given <= most)
            {
                return;
            }

            result.AddError($"{name} takes a number from {least} to {most}");
        });
        return option;
    }

    private static Option<TimeSpan> Time(string name, string description, TimeSpan value) => new(name)
    {
        Description = $"{description} A number and s, m, h or d.",
        DefaultValueFactory = _ => value,
        CustomParser = result => ParseTime(name, result),
    };

    private static void Check(OptionResult result, Action read)
    {
        try
        {
            read();
        }
        catch (FormatException error)
        {
            result.AddError(error.Message);
        }
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

    private static TimeSpan ParseTime(string name, ArgumentResult result)
    {
        if (result.Tokens is [var token] && Duration.TryParse(token.Value, out var time) && time > TimeSpan.Zero)
        {
            return time;
        }

        result.AddError($"{name} takes a number and s, m, h or d, such as 24h");
        return default;
    }
}
