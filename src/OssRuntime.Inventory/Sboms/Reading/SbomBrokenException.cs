namespace OssRuntime.Inventory.Sboms.Reading;

/// <summary>An SBOM can't be read on from here: it breaks off, is malformed, or wants more than the limits allow. What was read stays.</summary>
internal sealed class SbomBrokenException(string message, Exception? inner = null) : Exception(message, inner);
