using System.CommandLine;
using OssRuntime.Stage.Clusters;
using OssRuntime.Stage.Images;
using OssRuntime.Stage.Nodes;
using OssRuntime.Stage.Processes;

namespace OssRuntime.Stage.Commands;

/// <summary><c>doctor</c>: what this machine has.</summary>
internal static class DoctorCommand
{
    public static Command Create()
    {
        var command = new Command("doctor", "Says what this machine has, which way a cluster would come up, and what is in the cache. Changes nothing.");
        command.SetAction(async (_, stop) => await SayAsync(stop));
        return command;
    }

    private static async Task SayAsync(CancellationToken stop)
    {
        Say("KUBECONFIG", ClusterWays.ExistingKubeconfig ?? "no file");
        Say("Docker engine", await ClusterWays.DockerAnswersAsync(stop) ? "answers" : "does not answer");
        Say("KUBEBUILDER_ASSETS", ClusterWays.Assets?.ApiServer ?? "no folder with etcd and kube-apiserver");
        Say("apt", Tool.Exists("apt-get") && Tool.Exists("dpkg-deb") ? "there" : "missing: nothing can be built here");
        Say("root", Environment.IsPrivilegedProcess ? "yes" : "no: images cannot be built, an API server can");
        Say("cluster", (await ClusterWays.FirstAsync(stop)).ToString());
        // To try more than this, the packages would have to be installed.
        Say("node", Tool.Exists("ip") && Tool.Exists("iptables")
            ? await NodeRequirements.LackingAsync(Console.Error, stop) ?? "can run here"
            : "not known without the packages iproute2 and iptables");
        Say("cache", StageFolders.Cache);
        var programs = await Tool.RunScriptAsync("Clusters/kubernetes.sh", ["--where"], cancellationToken: stop);
        Say("Kubernetes built here", Directory.Exists(programs)
            ? string.Join(' ', Directory.EnumerateFiles(programs).Select(Path.GetFileName).Order(StringComparer.Ordinal))
            : "not yet: 5 to 10 minutes when first needed");
        foreach (var set in (ImageSet[])[ImageSet.Sample])
        {
            var names = ImageShelf.NamesOf(set);
            var stale = await Tool.RunScriptAsync("Images/build.sh", ["--stale", .. names], cancellationToken: stop);
            Say($"{set.ToString().ToLowerInvariant()} images", stale.Length == 0 ? "all there" : $"to be built: {stale.Replace('\n', ' ')}");
        }
    }

    private static void Say(string what, string how) => Console.WriteLine($"{what,-22} {how}");
}
