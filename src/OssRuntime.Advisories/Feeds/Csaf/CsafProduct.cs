namespace OssRuntime.Advisories.Feeds.Csaf;

/// <summary>A product of a CSAF document, and by what it is recognised.</summary>
internal sealed record CsafProduct(string Id, string? Name, string? Purl, string? Cpe);
