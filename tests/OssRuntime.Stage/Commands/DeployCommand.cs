using System.CommandLine;
using k8s;
using OssRuntime.Stage.Clusters;
using OssRuntime.Stage.Workloads;

namespace OssRuntime.Stage.Commands;

/// <summary><c>deploy</c>: manifests with the stage's placeholders filled in.</summary>
internal static class DeployCommand
{
    public static Command Create()
    {
        var paths = new Argument<FileSystemInfo[]>("path") { Description = "YAML files, or folders of them.", Arity = ArgumentArity.OneOrMore };
        var command = new Command(
            "deploy",
            """
            Applies manifests to the cluster of KUBECONFIG, as kubectl apply --server-side does.

            ${REGISTRY}, ${PRIVATE_REGISTRY} and ${PULL_SECRET} stand for the environment's values; without REGISTRY, sample images become public ones.

            Example:
              source stage.env && ossruntime-stage deploy config/samples/workloads
            """)
        {
            paths,
        };
        command.SetAction(async (parsed, stop) =>
        {
            var kubeconfig = ClusterWays.ExistingKubeconfig ?? throw new StageException("KUBECONFIG names no file: run `source stage.env` first.");
            using var client = new k8s.Kubernetes(KubernetesClientConfiguration.BuildConfigFromConfigFile(kubeconfig));
            var placeholders = Value("REGISTRY") is { Length: > 0 } registry
                ? Placeholders.For(registry, Value("PRIVATE_REGISTRY"), Value("PULL_SECRET"))
                : Placeholders.ForPublicImages();
            var applier = new ManifestApplier(client);
            foreach (var file in parsed.GetValue(paths)!.SelectMany(FilesOf))
            {
                foreach (var applied in await applier.ApplyAsync(placeholders.FillIn(await File.ReadAllTextAsync(file, stop)), stop))
                    Console.WriteLine(applied);
            }
        });
        return command;
    }

    private static IEnumerable<string> FilesOf(FileSystemInfo path) =>
        Directory.Exists(path.FullName) ? Directory.EnumerateFiles(path.FullName, "*.yaml").Order(StringComparer.Ordinal) : [path.FullName];

    private static string Value(string name) => Environment.GetEnvironmentVariable(name) ?? "";
}
