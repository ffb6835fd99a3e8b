namespace OssRuntime.Advisories.Database;

/// <summary>A file that is no usable advisory database; the message is the reason that users see.</summary>
public sealed class AdvisoryDatabaseException(string reason) : Exception(reason);
