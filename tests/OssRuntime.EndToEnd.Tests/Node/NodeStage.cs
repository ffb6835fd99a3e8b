using OssRuntime.EndToEnd.Tests.Spine;
using OssRuntime.Stage.Nodes;

namespace OssRuntime.EndToEnd.Tests.Node;

/// <summary>The stage of the spine with pods that really run, where this machine can run them.</summary>
public sealed class NodeStage : IAsyncLifetime
{
    private SpineStage? _stage;

    /// <summary>Why there is no node; null where there is one.</summary>
    public string? Lacking { get; private set; }

    public SpineStage Stage => _stage ?? throw new InvalidOperationException(Lacking);

    public async ValueTask InitializeAsync()
    {
        Lacking = await NodeRequirements.LackingAsync(Console.Error);
        if (Lacking is not null)
        {
            return;
        }

        _stage = new SpineStage(withNode: true);
        try
        {
            await _stage.InitializeAsync();
        }
        catch
        {
            await _stage.DisposeAsync();
            throw;
        }
    }

    public ValueTask DisposeAsync() => _stage?.DisposeAsync() ?? ValueTask.CompletedTask;
}
