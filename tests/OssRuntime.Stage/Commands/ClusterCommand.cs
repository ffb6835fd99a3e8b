using System.CommandLine;
using OssRuntime.Stage.Clusters;

namespace OssRuntime.Stage.Commands;

/// <summary><c>cluster</c>: an API server until the program is told to stop.</summary>
internal static class ClusterCommand
{
    public static Command Create()
    {
        var controllers = new Option<bool>("--controllers") { Description = "With kube-controller-manager: Deployments become pods." };
        var origin = new Option<ClusterOrigin?>("--origin") { Description = "Only this way, instead of the first one that is possible." };
        var command = new Command("cluster", "Finds or starts an API server, prints how to use it, and runs until Ctrl-C or SIGTERM.") { controllers, origin };
        command.SetAction(async (parsed, stop) =>
        {
            var options = new ClusterOptions { WithControllers = parsed.GetValue(controllers), Only = parsed.GetValue(origin) };
            await using var cluster = await Cluster.FindOrStartAsync(options, Console.Error, stop);
            Console.WriteLine($"export KUBECONFIG={cluster.KubeconfigPath}");
            await UntilStopped.WaitAsync(stop);
        });
        return command;
    }
}
