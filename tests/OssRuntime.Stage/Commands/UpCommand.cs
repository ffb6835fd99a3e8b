using System.CommandLine;

namespace OssRuntime.Stage.Commands;

/// <summary><c>up</c>: everything, until the program is told to stop.</summary>
internal static class UpCommand
{
    public static Command Create()
    {
        var images = new Option<bool>("--public") { Description = "Workloads use public images; nothing is built and no registry is started." };
        var node = new Option<bool>("--node") { Description = "Pods really run: containerd and a kubelet on this machine, for which it takes root." };
        var environment = new Option<FileInfo?>("--env") { Description = "Write this file when everything is up; a shell sources it. Removed at the end." };
        var samples = new Option<DirectoryInfo?>("--deploy") { Description = "Apply the manifests of this folder when everything is up." };
        var command = new Command(
            "up",
            """
            Brings up a cluster, registries with the sample images, and someone who runs or plays the pods; runs until Ctrl-C or SIGTERM.

            The first time takes some ten minutes on two cores, later about ten seconds.

            Examples:
              ossruntime-stage up --env stage.env --deploy config/samples/workloads
              ossruntime-stage up --node
              ossruntime-stage up --public
            """)
        {
            images, node, environment, samples,
        };
        command.SetAction(async (parsed, stop) =>
        {
            var options = new WholeStageOptions { PublicImages = parsed.GetValue(images), WithNode = parsed.GetValue(node) };
            await using var stage = await WholeStage.UpAsync(options, Console.Error, stop);
            if (parsed.GetValue(samples) is { } folder)
                await stage.DeployAsync(folder.FullName, stop);
            Console.WriteLine($"export KUBECONFIG={stage.Cluster.KubeconfigPath}");
            var file = parsed.GetValue(environment)?.FullName;
            if (file is not null)
                await stage.WriteEnvironmentAsync(file, stop);
            await UntilStopped.WaitAsync(stop);
            if (file is not null)
                File.Delete(file);
        });
        return command;
    }
}
