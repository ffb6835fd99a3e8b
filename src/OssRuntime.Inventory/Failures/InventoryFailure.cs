namespace OssRuntime.Inventory.Failures;

/// <summary>Why an image has no inventory, as it is told to users.</summary>
/// <param name="Reason">The kind of failure.</param>
/// <param name="Message">One sentence with what was wrong where. It never holds a credential.</param>
/// <param name="Retryable">True where trying again later may help without anyone changing anything.</param>
/// <param name="RetryAfter">How long the other side asked to wait, where it did.</param>
public sealed record InventoryFailure(FailureReason Reason, string Message, bool Retryable, TimeSpan? RetryAfter = null);
