using OssRuntime.Inventory.Failures;
using OssRuntime.Model.Inventories;

namespace OssRuntime.Inventory.Sboms.Discovery;

/// <summary>What goes wrong where attachments of an image are looked for. It is said, and never costs the image anything else.</summary>
/// <param name="what">What is looked for, in the name of the finder: <c>sbom</c>.</param>
internal sealed class AttachmentTroubles(string what)
{
    private const int MostTold = 100;

    private readonly List<Unknown> _unknowns = [];
    private bool _isGivenUp;

    /// <summary>True where something could not be had that may be there.</summary>
    public bool IsIncomplete { get; private set; }

    /// <summary>What went wrong.</summary>
    public IReadOnlyList<Unknown> Unknowns => _unknowns;

    /// <summary>Does some work; a failure is said and ends nothing.</summary>
    public Task TryAsync(InventorySource kind, string name, Func<Task> work) => TryAsync<object>(kind, name, async () =>
    {
        await work();
        return null;
    });

    /// <summary>The result of some work; null where it fails, which is said.</summary>
    public async Task<T?> TryAsync<T>(InventorySource kind, string name, Func<Task<T?>> work)
        where T : class
    {
        if (_isGivenUp)
        {
            IsIncomplete = true;
            return null;
        }

        try
        {
            return await work();
        }
        catch (InventoryException e)
        {
            IsIncomplete |= e.Failure.Retryable || e.Failure.Reason is FailureReason.Unauthorized or FailureReason.Forbidden;
            // Each further question would wait as long, or trouble a registry that asks for patience.
            _isGivenUp = e.Failure.Reason is FailureReason.RateLimited or FailureReason.RegistryUnreachable or FailureReason.RegistryStalled;
            Say(kind, $"{name}: {e.Failure.Message}");
        }
        catch (Reading.SbomBrokenException e)
        {
            Say(kind, $"{name}: {e.Message}");
        }
        catch (Exception e) when (e is not (OperationCanceledException or OutOfMemoryException))
        {
            // Whatever it is: what is attached to an image must not cost its inventory.
            Say(kind, $"{name}: it could not be read: {e.Message}");
        }

        return null;
    }

    /// <summary>Notes what went wrong.</summary>
    public void Say(InventorySource kind, string reason)
    {
        if (_unknowns.Count > MostTold)
        {
            return;
        }

        var text = _unknowns.Count < MostTold ? Reading.DraftText.Printable(reason, 300) : $"more than {MostTold} things went wrong; the others are not told";
        _unknowns.Add(new Unknown("", $"{what}/{kind}", text) { Kind = UnknownKind.Attachment });
    }
}
