using OssRuntime.Kubernetes.Health;
using OssRuntime.Kubernetes.WorkQueues;

namespace OssRuntime.Operator.Composition;

/// <summary>A controller that begins once something else is there.</summary>
internal sealed class GatedController(IController controller, Task gate) : IController, IWatchedLoop
{
    public string Name => controller.Name;

    /// <summary>What begins then.</summary>
    public IController Controller => controller;

    public string? FindStuck() => (controller as IWatchedLoop)?.FindStuck();

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await gate.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!cancellationToken.IsCancellationRequested)
        {
            await controller.RunAsync(cancellationToken);
        }
    }
}
