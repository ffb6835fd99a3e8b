namespace OssRuntime.Advisories.Feeds.Csaf;

/// <summary>A product as a part of another one: a package of a platform, perhaps through a module of it.</summary>
/// <param name="Component">The innermost product.</param>
/// <param name="Between">What lies between the two, innermost first.</param>
/// <param name="Platform">The outermost product, or null where the product is no part of any.</param>
internal sealed record CsafPart(CsafProduct Component, IReadOnlyList<CsafProduct> Between, CsafProduct? Platform);
