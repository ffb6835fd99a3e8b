using OssRuntime.Kubernetes.WorkQueues;

namespace OssRuntime.Kubernetes.Hosting;

/// <summary>Controllers that run together and end together.</summary>
internal static class ControllerGroup
{
    /// <summary>Runs the controllers until cancelled. One that ends before that, whether it fails or not, stops the whole host.</summary>
    public static async Task RunAsync(IReadOnlyList<IController> controllers, CancellationTokenSource host, CancellationToken cancellationToken)
    {
        if (controllers.Count == 0)
        {
            // There is nothing to do but to lead.
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return;
        }

        await Task.WhenAll(controllers.Select(async controller =>
        {
            try
            {
                await controller.RunAsync(cancellationToken).ConfigureAwait(false);
                if (!cancellationToken.IsCancellationRequested)
                {
                    throw new InvalidOperationException($"controller {controller.Name} ended by itself");
                }
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                // As it was told.
            }
            catch
            {
                await host.CancelAsync().ConfigureAwait(false);
                throw;
            }
        })).ConfigureAwait(false);
    }
}
