namespace OssRuntime.Stage.Commands;

/// <summary>Waits for the signal that ends the program.</summary>
internal static class UntilStopped
{
    /// <summary>Returns when the token is cancelled, so that what is open is disposed in order.</summary>
    public static async Task WaitAsync(CancellationToken stop) =>
        await Task.Delay(Timeout.Infinite, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
}
