namespace OssRuntime.Operator.State;

/// <summary>How the last try to read an image ended, when it did not end well.</summary>
internal sealed record InventoryAttempt(string Reason, string Message, bool Retryable, int Failures, DateTimeOffset NotBefore);
