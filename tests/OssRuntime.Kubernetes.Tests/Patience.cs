namespace OssRuntime.Kubernetes.Tests;

/// <summary>Ends a test that waits for what does not come. Long enough for a busy machine; no test that passes waits for it.</summary>
internal static class Patience
{
    public static CancellationToken Token => new CancellationTokenSource(TimeSpan.FromSeconds(30)).Token;
}
