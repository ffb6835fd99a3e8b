namespace OssRuntime.Testing.Registry;

/// <summary>A request as the fake registry got it.</summary>
/// <param name="Host">The host that the client meant.</param>
/// <param name="Method">The method.</param>
/// <param name="Path">The path with its query.</param>
/// <param name="Authorization">The header, or null.</param>
/// <param name="Range">The header, or null.</param>
public sealed record FakeRequest(string Host, string Method, string Path, string? Authorization, string? Range);
