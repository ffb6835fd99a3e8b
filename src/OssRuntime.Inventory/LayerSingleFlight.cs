using OssRuntime.Inventory.Layers;
using OssRuntime.Model.Images;

namespace OssRuntime.Inventory;

/// <summary>
/// The layers that are being read now. Images that share a layer and come at the same time read it once: who comes second waits. A
/// reader that fails or is stopped fails for itself alone, and one of those who waited reads in its place, with its own credentials.
/// </summary>
internal sealed class LayerSingleFlight
{
    private readonly Dictionary<Digest, TaskCompletionSource<LayerIndex?>> _flights = [];

    /// <summary>The index of a layer: somebody else's if one is on the way, else what <paramref name="read"/> makes.</summary>
    public async Task<LayerIndex> JoinAsync(Digest layer, Func<CancellationToken, Task<LayerIndex>> read, CancellationToken cancellation)
    {
        while (true)
        {
            var (flight, isOurs) = Board(layer);
            if (isOurs)
            {
                return await FlyAsync(layer, flight, read, cancellation);
            }

            if (await flight.Task.WaitAsync(cancellation) is { } index)
            {
                return index;
            }
        }
    }

    private async Task<LayerIndex> FlyAsync(
        Digest layer, TaskCompletionSource<LayerIndex?> flight, Func<CancellationToken, Task<LayerIndex>> read, CancellationToken cancellation)
    {
        LayerIndex? index = null;
        try
        {
            index = await read(cancellation);
            return index;
        }
        finally
        {
            lock (_flights)
            {
                _flights.Remove(layer);
            }

            flight.SetResult(index);
        }
    }

    private (TaskCompletionSource<LayerIndex?> Flight, bool IsOurs) Board(Digest layer)
    {
        lock (_flights)
        {
            if (_flights.TryGetValue(layer, out var flight))
            {
                return (flight, false);
            }

            flight = new TaskCompletionSource<LayerIndex?>(TaskCreationOptions.RunContinuationsAsynchronously);
            _flights.Add(layer, flight);
            return (flight, true);
        }
    }
}
