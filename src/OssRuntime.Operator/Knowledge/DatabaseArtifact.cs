namespace OssRuntime.Operator.Knowledge;

/// <summary>The database as a signed artifact in a registry.</summary>
/// <param name="References">Where it is, and then its mirrors: <c>registry/repository:tag</c>.</param>
/// <param name="KeyFile">A PEM file with the public key that must have signed it; null checks no signature.</param>
/// <param name="CredentialsFile">A docker configuration with the login for the registries; null pulls without one.</param>
/// <param name="GreatestAge">How old its newest record may be; null takes any age.</param>
/// <param name="LeastAge">How old its newest record must be; null takes the newest.</param>
internal sealed record DatabaseArtifact(IReadOnlyList<string> References, string? KeyFile, string? CredentialsFile, TimeSpan? GreatestAge, TimeSpan? LeastAge);
