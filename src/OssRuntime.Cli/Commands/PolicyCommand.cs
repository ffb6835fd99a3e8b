using System.CommandLine;
using OssRuntime.Cli.Terminal;

namespace OssRuntime.Cli.Commands;

/// <summary><c>ossruntime policy test</c>: what policies would say of images in a cluster, before they are there.</summary>
internal static class PolicyCommand
{
    private const string Description = """
        Shows what policies would decide about images in a cluster, with the code that the operator uses: rules, approved exceptions that have not expired, selectors
        of namespaces and images. Exposure and impact come from the manifests' annotations or from the options; a cluster may know more about exposure.

        Ends with code 1 where an image would be denied, and with code 4 where no policy is for the namespace or nothing in an image could be checked.

        Examples:
          ossruntime policy test --policy policies/ manifests:deploy/
          ossruntime policy test --policy production.yaml --namespace shop --exposure Internet registry.example/shop/web:1.4
          ossruntime policy test --policy production.yaml --policy exceptions/ --fail-on warn oci:build/image --format json
        """;

    public static Command Create(TimeProvider time) => new("policy", "Tests policies before they are in a cluster.") { CreateTest(time) };

    private static Command CreateTest(TimeProvider time)
    {
        var targets = new Argument<string[]>("TARGET") { Description = "A target as for 'ossruntime scan'.", Arity = ArgumentArity.OneOrMore };
        var database = new Option<string?>("--db") { Description = $"The advisory database. Default: {DatabaseLocation.Default}" };
        var platform = TargetOptions.Platform();
        var outputs = new OutputOptions();
        var at = new Option<DateOnly?>("--at") { Description = "Judge end-of-life dates, ages and exceptions as of this day (yyyy-mm-dd). Default: now." };
        var insecure = TargetOptions.InsecureRegistries();
        var vex = new Option<string[]>("--vex") { Description = "A VEX document or repository. May be given several times.", DefaultValueFactory = _ => [] };
        var command = new Command("test", Description) { targets, database, platform, at, insecure, vex };
        outputs.AddTo(command);
        var sboms = new SbomOptions();
        sboms.AddTo(command);
        var policies = new PolicyOptions();
        policies.AddTo(command);
        var choices = new MatchChoices();
        choices.AddTo(command);
        command.SetAction((parsed, cancel) =>
        {
            var request = policies.Read(parsed) with { At = parsed.GetValue(at)?.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc) };
            return request.Files.IsEmpty
                ? throw new CommandLineException(ExitCode.Usage, "no policy was given: name a file or folder with --policy")
                : ScanCommand.RunAsync(
                    new ScanRequest(
                        [.. parsed.GetValue(targets)!],
                        parsed.GetValue(database),
                        parsed.GetValue(platform)!,
                        outputs.Read(parsed),
                        InventoryOnly: false,
                        parsed.GetValue(at) ?? DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime),
                        [.. parsed.GetValue(insecure)!],
                        [.. parsed.GetValue(vex)!],
                        sboms.Read(parsed),
                        choices.Read(parsed),
                        request)
                    { OnlyViolations = true },
                    time,
                    cancel);
        });
        return command;
    }
}
