using System.Net;
using OssRuntime.EndToEnd.Tests.Spine;
using OssRuntime.Operator.Composition;
using OssRuntime.Stage.Processes;

namespace OssRuntime.EndToEnd.Tests.Admission;

/// <summary>One operator of several, with the webhooks on a port of its own.</summary>
internal sealed class Replica : IAsyncDisposable
{
    private readonly DirectoryInfo _state = Directory.CreateTempSubdirectory("ossruntime-replica");

    public Replica(string kubeconfig, OperatorOptions options, TimeProvider? time = null)
    {
        Port = FreePort.Find(1)[0];
        Operator = new RunningOperator(
            kubeconfig, options with { StateFolder = _state.FullName, AdmissionListen = new IPEndPoint(IPAddress.Loopback, Port) }, time);
    }

    public int Port { get; }

    public RunningOperator Operator { get; }

    public async Task<bool> IsReadyAsync()
    {
        try
        {
            return (await Operator.GetAsync("/readyz")).StartsWith("ok", StringComparison.Ordinal);
        }
        catch (Exception error) when (error is HttpRequestException or OperationCanceledException or ObjectDisposedException or InvalidOperationException)
        {
            return false;
        }
    }

    public Task ReadyAsync() => SpineStage.EventuallyAsync(IsReadyAsync, "a replica to be ready");

    public async ValueTask DisposeAsync()
    {
        await Operator.DisposeAsync();
        _state.Delete(recursive: true);
    }
}
