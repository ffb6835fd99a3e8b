using System.CommandLine;
using OssRuntime.Stage;
using OssRuntime.Stage.Commands;

var stage = new RootCommand(
    """
    The stage on which OssRuntime is developed and tested: a Kubernetes API server, registries and images, all on this machine.

    Examples:
      ossruntime-stage doctor                      what this machine has, and what would be done
      ossruntime-stage cluster --controllers       an API server until Ctrl-C
      ossruntime-stage images python node          builds two sample images into the cache
      ossruntime-stage up --env stage.env          cluster, registries, images and a player of kubelet; then: source stage.env
    """)
{
    ClusterCommand.Create(),
    ImagesCommand.Create(),
    UpCommand.Create(),
    DeployCommand.Create(),
    DoctorCommand.Create(),
};

try
{
    // Servers are stopped in order when a signal comes; etcd takes a moment.
    return await stage.Parse(args).InvokeAsync(new InvocationConfiguration
    {
        EnableDefaultExceptionHandler = false,
        ProcessTerminationTimeout = TimeSpan.FromMinutes(1),
    });
}
catch (StageException reason)
{
    await Console.Error.WriteLineAsync(reason.Message);
    return 1;
}
catch (OperationCanceledException)
{
    return 0;
}
