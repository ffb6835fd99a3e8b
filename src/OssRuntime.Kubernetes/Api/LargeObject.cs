using System.Text.Json;

namespace OssRuntime.Kubernetes.Api;

/// <summary>What is kept of an object that is too large to be read: its name and version, so that it can be named and followed.</summary>
internal static class LargeObject
{
    /// <summary>What is wanted of the object itself.</summary>
    public static readonly JsonPlan Plan = JsonPlan.Of(("metadata", JsonPlan.Of("name", "namespace", "uid", "resourceVersion")));

    /// <summary>What is wanted of an event of a watch.</summary>
    public static readonly JsonPlan EventPlan = JsonPlan.Of("type").And(("object", Plan));

    /// <summary>How deep objects are read into: API servers take 10,000. What is too deep for its type is an object that cannot be read, and no end of the others.</summary>
    public static readonly JsonReaderOptions Depth = new() { MaxDepth = 20_000 };

    /// <summary>What is said of it.</summary>
    public const string Reason = "it is larger than any object can be";

    /// <summary>How many bytes are kept of it at most.</summary>
    public const int Kept = 16 * 1024;

    /// <summary>How many bytes it may have until the server is taken for one that does not end.</summary>
    public const long Endless = 1024L * 1024 * 1024;
}
