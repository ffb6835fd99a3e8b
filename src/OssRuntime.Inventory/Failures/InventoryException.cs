namespace OssRuntime.Inventory.Failures;

/// <summary>An image could not be inventoried, for a stated reason.</summary>
public sealed class InventoryException : Exception
{
    /// <summary>Carries a reason that will not go away by itself.</summary>
    public InventoryException(FailureReason reason, string message, Exception? inner = null)
        : this(new InventoryFailure(reason, message, Retryable: false), inner)
    {
    }

    /// <summary>Carries any reason.</summary>
    public InventoryException(InventoryFailure failure, Exception? inner = null)
        : base(failure.Message, inner) => Failure = failure;

    /// <summary>The reason.</summary>
    public InventoryFailure Failure { get; }
}
