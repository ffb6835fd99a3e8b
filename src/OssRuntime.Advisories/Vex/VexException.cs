namespace OssRuntime.Advisories.Vex;

/// <summary>What is no VEX document; the message is the reason that users see.</summary>
public sealed class VexException(string reason) : Exception(reason);
